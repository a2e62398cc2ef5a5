// The picture of the path: Chinese sentences from left to right, English from top to bottom, each unit a box in the
// colour of its confidence; below it a bar for each place, as high as the doubt. A click goes to the place.

const plot = { canvas: null, marker: null, size: 0, strip: 38, units: [] };

function buildPlot() {
  plot.canvas = make('canvas', {
    role: 'img', click: onPlotClick,
    'aria-label': say('Path of the alignment: Chinese sentences from left to right, English from top to bottom. A click goes to the place.'),
  });
  plot.marker = make('div', { class: 'marker', 'aria-hidden': 'true' });
  const redraw = () => requestAnimationFrame(drawPlot);
  matchMedia('(prefers-color-scheme: dark)').addEventListener('change', redraw);
  addEventListener('resize', redraw);
  return make('div', { class: 'plot' }, plot.canvas, plot.marker);
}

/** How doubtful a unit is, 0 to 1. */
function doubt(unit) {
  if (unit.right) return 0;
  if (!isPair(unit)) return 0.6;
  return unit.confidence === null ? 0 : 1 - unit.confidence;
}

/** Where each unit stands: [x, y, width, height] in sentences. What faces nothing stands beside what came before. */
function places() {
  let [x, y] = [0, 0];
  return model.units.map((unit) => {
    const box = [unit.zh.length ? unit.zh[0] : x, unit.en.length ? unit.en[0] : y, 0, 0];
    if (unit.zh.length) box[2] = unit.zh.at(-1) + 1 - box[0];
    if (unit.en.length) box[3] = unit.en.at(-1) + 1 - box[1];
    if (!unit.moved) [x, y] = [Math.max(x, box[0] + box[2]), Math.max(y, box[1] + box[3])];
    return box;
  });
}

function drawPlot() {
  const { canvas, strip } = plot;
  const width = canvas.parentElement.clientWidth;
  if (!width) return;
  const ratio = window.devicePixelRatio || 1;
  plot.size = width;
  canvas.width = Math.round(width * ratio);
  canvas.height = Math.round((width + strip) * ratio);
  canvas.style.height = `${width + strip}px`;
  const pen = canvas.getContext('2d');
  pen.scale(ratio, ratio);
  const style = getComputedStyle(document.documentElement);
  const colour = (name) => style.getPropertyValue(name).trim();
  const colours = ['--s0', '--s1', '--s2', '--s3', '--s4'].map(colour);
  const [sx, sy] = [width / Math.max(1, model.zh.length), width / Math.max(1, model.en.length)];
  pen.fillStyle = colour('--panel');
  pen.fillRect(0, 0, width, width + strip);
  plot.boxes = places();
  const bars = new Float32Array(Math.ceil(width));
  const shares = new Float32Array(Math.ceil(width));
  const draw = (unit, [x, y, w, h]) => {
    const pair = isPair(unit);
    const unsure = doubt(unit);
    pen.fillStyle = !pair && !unit.right ? colour('--null') : colours[unit.right || unit.confidence === null ? 4 : step(unit.confidence)];
    // What is doubtful is drawn wider too, so that it shows where colours do not.
    const least = pair ? 1.5 + 3.5 * unsure : 1.5;
    const [bw, bh] = [Math.max(w * sx, least), Math.max(h * sy, least)];
    pen.fillRect(x * sx - (bw - w * sx) / 2, y * sy - (bh - h * sy) / 2, bw, bh);
    if (unit.moved) {
      pen.strokeStyle = colour('--ink');
      pen.strokeRect(x * sx - 3, y * sy - 3, bw + 6, bh + 6);
    }
    const from = Math.min(bars.length - 1, Math.floor(x * sx));
    const to = Math.min(bars.length, Math.max(from + 1, Math.ceil((x + w) * sx)));
    for (let k = from; k < to; k += 1) { bars[k] += unsure; shares[k] += 1; }
  };
  // Doubtful ones last, on top.
  const doubts = model.units.map(doubt);
  const order = model.units.map((_, k) => k).sort((a, b) => doubts[a] - doubts[b] || a - b);
  for (const k of order) draw(model.units[k], plot.boxes[k]);
  pen.strokeStyle = colour('--line');
  pen.strokeRect(0.5, 0.5, width - 1, width - 1);
  bars.forEach((sum, k) => {
    const mean = shares[k] ? sum / shares[k] : 0;
    pen.fillStyle = colours[step(1 - mean)];
    pen.fillRect(k, width + strip - mean * (strip - 6) - 1, 1, mean * (strip - 6) + 1);
  });
  markOnPlot();
}

/** Shows on the picture where the chosen unit stands. */
function markOnPlot() {
  const { marker, boxes, size } = plot;
  const box = boxes?.[model.units.indexOf(chosen.unit)];
  if (!marker || !box) return;
  const x = (box[0] + box[2] / 2) * (size / Math.max(1, model.zh.length));
  const y = (box[1] + box[3] / 2) * (size / Math.max(1, model.en.length));
  marker.style.left = `${x}px`;
  marker.style.top = `${y}px`;
  marker.hidden = false;
}

function onPlotClick(event) {
  const frame = plot.canvas.getBoundingClientRect();
  const x = ((event.clientX - frame.left) / plot.size) * model.zh.length;
  const y = ((event.clientY - frame.top) / plot.size) * model.en.length;
  const inStrip = event.clientY - frame.top > plot.size;
  const away = ([bx, by, w, h]) => {
    const dx = Math.max(bx - x, 0, x - bx - w);
    const dy = inStrip ? 0 : Math.max(by - y, 0, y - by - h);
    return dx * dx + dy * dy;
  };
  let [best, least] = [-1, Infinity];
  plot.boxes.forEach((box, k) => {
    const distance = away(box) - 0.001 * doubt(model.units[k]);
    if (distance < least) [best, least] = [k, distance];
  });
  if (best >= 0) choose(model.units[best], { focus: true, centre: true });
}
