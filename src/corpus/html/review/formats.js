// The page's alignment as files. TMX, TSV and JSON Lines are byte for byte what `duizhao` writes for the same
// pairs; the corrections are JSON Lines with more keys, which `duizhao align --corrections` takes back.

/** Whether two Chinese sentences would run together: `用 Rust` and `Go 也行`. */
function needsSpace(left, right) {
  const word = (c) => c.codePointAt(0) < 0x250 && /[\p{Alphabetic}\p{N}]/u.test(c);
  const last = Array.from(left).at(-1);
  const first = Array.from(right.slice(0, 2))[0];
  return !!last && !!first && (word(last) || '.!?'.includes(last)) && word(first);
}

function joinedText(side, ids) {
  return ids.map((id) => model[side][id].text).reduce((text, next, k) => {
    if (k === 0) return next;
    return text + (side === 'en' || needsSpace(text, next) ? ' ' : '') + next;
  }, '');
}

/** A unit as a row of a file. What a person marked is sure. */
function record(unit) {
  return {
    zh: joinedText('zh', unit.zh), en: joinedText('en', unit.en), kind: kindOf(unit), score: unit.score,
    confidence: unit.right ? 1 : unit.confidence, reason: unit.reason,
    zhSpans: unit.zh.flatMap((id) => spansOf(model.zh[id])), enSpans: unit.en.flatMap((id) => spansOf(model.en[id])),
  };
}

/** The rows that are asked for: pairs, and unpaired sentences if these are wanted. */
function records(unpaired) {
  return model.units.filter((unit) => unpaired || isPair(unit)).map(record);
}

/** A number as JSON has it where whole numbers keep a decimal. */
function real(x) {
  if (x === null) return 'null';
  const text = Object.is(x, -0) ? '-0' : String(x);
  return Number.isInteger(x) && !text.includes('e') ? `${text}.0` : text;
}

/** A number as columns and properties have it. */
function plain(x) {
  return x === null ? '' : (Object.is(x, -0) ? '-0' : String(x));
}

function flat(row) {
  return `{"zh":${JSON.stringify(row.zh)},"en":${JSON.stringify(row.en)},"kind":${JSON.stringify(row.kind)},`
    + `"score":${real(row.score)},"confidence":${real(row.confidence)},`
    + `"zh_spans":${JSON.stringify(row.zhSpans)},"en_spans":${JSON.stringify(row.enSpans)}`;
}

function asJsonl(unpaired) {
  const reason = (row) => (unpaired ? `,"reason":${JSON.stringify(row.reason)}` : '');
  return records(unpaired).map((row) => `${flat(row)}${reason(row)}}\n`).join('');
}

/** Text on one line: runs of control characters and line separators become one space, byte order marks go. */
function onLine(text) {
  return text.replace(/\uFEFF/g, '').replace(/[\p{Cc}\u2028\u2029]+/gu, ' ');
}

function asTsv(unpaired) {
  const columns = ['zh', 'en', 'kind', 'score', 'confidence', 'reason'].slice(0, unpaired ? 6 : 5);
  const cells = (row) => [row.zh, row.en, row.kind, plain(row.score), plain(row.confidence), row.reason ?? ''];
  const lines = records(unpaired).map((row) => cells(row).slice(0, columns.length).map(onLine).join('\t'));
  return [columns.join('\t'), ...lines].map((line) => `${line}\n`).join('');
}

const ENTITIES = { '<': '&lt;', '>': '&gt;', '&': '&amp;', '"': '&quot;', "'": '&#39;', '\r': '&#13;' };

/** Text for XML: what XML 1.0 forbids is left out, what could be markup is escaped. */
function escapeXml(text) {
  return text
    .replace(/[^\t\n\r\u{20}-\u{D7FF}\u{E000}-\u{FFFD}\u{10000}-\u{10FFFF}]/gu, '')
    .replace(/[<>&"'\r]/g, (c) => ENTITIES[c]);
}

function asTmx(unpaired) {
  const first = model.parts[0] ?? { zhCode: 'zh', enCode: 'en' };
  const property = (name, value) => (value ? `      <prop type="${name}">${escapeXml(value)}</prop>\n` : '');
  const variant = (code, text) => {
    const clean = escapeXml(text);
    return clean ? `      <tuv xml:lang="${escapeXml(code)}"><seg>${clean}</seg></tuv>\n` : '';
  };
  const tu = (unit) => {
    const [row, part] = [record(unit), model.parts[unit.part]];
    const begin = part.zhCode === first.zhCode ? '    <tu>\n' : `    <tu srclang="${escapeXml(part.zhCode)}">\n`;
    return begin + property('x-kind', row.kind) + property('x-score', plain(row.score))
      + property('x-confidence', plain(row.confidence)) + property('x-reason', row.reason ?? '')
      + variant(part.zhCode, row.zh) + variant(part.enCode, row.en) + '    </tu>\n';
  };
  return '<?xml version="1.0" encoding="UTF-8"?>\n<tmx version="1.4">\n  <header creationtool="duizhao" '
    + `creationtoolversion="${escapeXml(model.version)}" segtype="sentence" o-tmf="duizhao" adminlang="en" `
    + `srclang="${escapeXml(first.zhCode)}" datatype="plaintext"/>\n  <body>\n`
    + model.units.filter((unit) => unpaired || isPair(unit)).map(tu).join('') + '  </body>\n</tmx>\n';
}

/** Every unit, with what a person said of it and the sentences as the article has them. */
function asCorrections() {
  const sentences = (side, ids) => JSON.stringify(ids.map((id) => {
    const { id: number_, was, text } = model[side][id];
    return isEdited(model[side][id]) ? { id: number_, text: was, edited: text } : { id: number_, text: was };
  }));
  const status = (unit) => (unit.right ? 'right' : unit.changed ? 'changed' : 'found');
  return model.units.map((unit) => {
    const row = record(unit);
    return `${flat(row)},"reason":${JSON.stringify(row.reason)},"status":"${status(unit)}",`
      + `"zh_sentences":${sentences('zh', unit.zh)},"en_sentences":${sentences('en', unit.en)}}\n`;
  }).join('');
}
