// What is done to the chosen unit, by button or key, and the field in which a sentence's text is changed.

const state = { picked: null, bar: null, which: null, editing: null };

/** Every action: its name, its key as people read it, and what it does. */
const ACTIONS = [
  ['Right', 'Space', () => act((at) => markRight(at)), '✓'],
  ['Merge with the next', 'M', () => act(merge), '⤓'],
  ['Split here', 'S', () => actOnSentence(split), '✂'],
  ['Sentence up', '[', () => actOnSentence((at, side, k) => move(at, side, k, -1)), '↑'],
  ['Sentence down', ']', () => actOnSentence((at, side, k) => move(at, side, k, 1)), '↓'],
  ['Unpair', 'U', () => act(unpair), '⊘'],
  ['Edit text', 'E', () => startEditing(), '✎'],
  ['Pick up', 'X', () => pickUp(), '⊕'],
  ['Join with the picked', 'V', () => act((at) => join(at, state.picked)), '⊞'],
];

function act(make_) {
  return chosen.unit ? commit(make_(model.units.indexOf(chosen.unit))) : false;
}

function actOnSentence(make_) {
  const { unit, sentence } = chosen;
  if (!unit) return false;
  return commit(make_(model.units.indexOf(unit), sentence.side, unit[sentence.side].indexOf(sentence.id)));
}

function pickUp() {
  state.picked = chosen.unit;
  tell(say('Picked up. Go to its counterpart and press V.'));
}

/** The bar of actions for the chosen pair. It stands still below the pairs, so that nothing moves under the mouse. */
function buildBar() {
  const buttons = ACTIONS.map(([name, key, action, sign]) => make('button', {
    type: 'button', title: `${say(name)} (${key})`, 'data-action': name, click: () => action(),
  }, make('span', { 'aria-hidden': 'true', text: `${sign} ` }), make('span', { class: 'name', text: say(name) })));
  state.which = make('span', { class: 'which' });
  state.bar = make('div', { class: 'bar', role: 'toolbar', 'aria-label': say('Review'), hidden: true }, state.which, ...buttons);
  return state.bar;
}

function labelBar() {
  state.bar.hidden = false;
  state.which.textContent = say('pair {0} of {1}', model.units.indexOf(chosen.unit) + 1, model.units.length);
}

/** Puts a field in the place of the chosen sentence. */
function startEditing() {
  const { unit, sentence } = chosen;
  if (!unit || state.editing) return;
  const { text, id } = model[sentence.side][sentence.id];
  const words = say(sentence.side === 'zh' ? 'Chinese sentence {0}' : 'English sentence {0}', id + 1);
  const field = make('textarea', { 'aria-label': words, rows: Math.max(2, Math.ceil(text.length / (sentence.side === 'zh' ? 24 : 48))) });
  field.value = text;
  const p = paragraphOf(unit, sentence);
  p.hidden = true;
  p.before(field);
  state.editing = { field, p, unit, sentence };
  field.addEventListener('keydown', onEditKey);
  field.addEventListener('blur', () => stopEditing(true, false));
  field.focus();
  tell(say('Editing: Enter keeps the text, Escape leaves it as it was.'));
}

function onEditKey(event) {
  event.stopPropagation();
  // While an input method is open, Enter chooses a character.
  if (event.isComposing) return;
  if (event.key === 'Enter' || event.key === 'Escape') {
    event.preventDefault();
    stopEditing(event.key === 'Enter', true);
  }
}

function stopEditing(keepText, focus) {
  const { editing } = state;
  if (!editing) return;
  state.editing = null;
  const { field, p, unit, sentence } = editing;
  const text = field.value;
  field.remove();
  p.hidden = false;
  const at = model.units.indexOf(unit);
  const done = keepText && at >= 0 && commit(edit(at, sentence.side, sentence.id, text));
  if (!done && focus) unit.row.focus();
}
