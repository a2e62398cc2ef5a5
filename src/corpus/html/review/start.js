// Reads the page, takes up what was kept, and begins.

function start() {
  readPage();
  if (inChinese) document.documentElement.lang = 'zh-Hans';
  document.documentElement.classList.add('live');
  const main = document.querySelector('main');
  main.id = 'pairs';
  document.body.prepend(buildPanel());
  main.append(buildBar());
  document.body.append(buildHelp());
  document.querySelectorAll('.others').forEach((list) => { list.previousElementSibling.textContent = say('On neither side'); });
  takeRows();
  restore();
  watchOthers();
  if (journal.list.length) {
    const edited = new Set(journal.list.flatMap(({ change }) => change.texts.map(([side, id]) => `${side} ${id}`)));
    arrange();
    for (const key of edited) {
      const [side, id] = key.split(' ');
      const { row } = unitWith(side, Number(id));
      row.replaceWith(buildRow(unitOf.get(row)));
    }
  }
  figures();
  requestAnimationFrame(drawPlot);
  document.addEventListener('keydown', onKey);
  main.addEventListener('click', onClick);
  main.addEventListener('dblclick', onDoubleClick);
  main.addEventListener('focusin', onFocus);
  if (model.units.length) model.units[0].row.tabIndex = 0;
}

start();
