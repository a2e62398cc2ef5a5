// What the page says, in English, or in Chinese where the browser speaks Chinese.

const CHINESE = {
  'Chinese': '中文', 'English': '英文', 'Confidence': '置信度', 'Pairs': '句对', 'On neither side': '不属于任何一方',
  'Review': '审校', 'Search': '搜索', 'Show only': '只显示', 'doubtful': '存疑', 'not 1–1': '非一对一', 'unpaired': '未配对',
  'changed': '已改动', 'moved': '移位', 'not yet right': '未确认', 'Doubtful below': '存疑界限', 'all': '全部',
  'Where the path goes': '对齐路径', 'Statistics': '统计', 'Take away': '导出', 'Undo': '撤销', 'Redo': '重做', 'Help': '帮助',
  'Next to check': '下一处待查', 'Mark all shown as right': '将显示的全部标为正确', 'Corrections': '修订文件', 'with unpaired sentences': '包括未配对的句子',
  'Right': '正确', 'Merge with the next': '与下一对合并', 'Split here': '在此拆分', 'Sentence up': '句子上移', 'Sentence down': '句子下移',
  'Unpair': '拆开', 'Edit text': '修改文字', 'Pick up': '拾起', 'Join with the picked': '与拾起的合并',
  'no counterpart': '无对应', 'no text in the other language': '另一语言无文字', 'boilerplate': '页面杂项', 'another language': '其他语言',
  'program code': '程序代码', 'no words in it': '无文字', 'low confidence': '置信度低', 'taken out by a filter': '被过滤', 'right': '正确', 'edited': '文字已改',
  'pairs': '句对', 'Chinese unpaired': '中文未配对', 'English unpaired': '英文未配对', 'marked as right': '已标为正确',
  'mean confidence': '平均置信度', 'types': '类型', 'shown': '显示', 'pair {0} of {1}': '第 {0} 对，共 {1} 对',
  'There is no next pair to merge with.': '后面没有可合并的句对。', 'Choose a sentence that is not the first of its side.': '请选一句不是本栏首句的句子。',
  'There is no pair on that side to move to.': '那一边没有可移入的句对。', 'It faces nothing already.': '本来就没有配对。',
  'Merged.': '已合并。', 'Split.': '已拆分。', 'Unpaired.': '已拆开。', 'Marked as right.': '已标为正确。', 'No longer marked.': '已取消标记。',
  'Moved {0} sentences.': '移动了 {0} 句。', 'Moved the sentence.': '句子已移动。', 'Text changed.': '文字已修改。', 'Undone.': '已撤销。', 'Redone.': '已重做。',
  'Nothing to undo.': '没有可撤销的操作。', 'Nothing to redo.': '没有可重做的操作。', 'Nothing left to check.': '没有待查之处了。',
  'Picked up. Go to its counterpart and press V.': '已拾起。请到对应的句子处按 V。', 'Nothing is picked up.': '还没有拾起任何句对。', 'Joined.': '已合并。',
  'They stand in different documents.': '它们属于不同的文档。', 'Nothing found.': '没有找到。', 'Marked {0} as right.': '将 {0} 对标为正确。',
  'This browser keeps nothing for this page: export the corrections before you close it.': '浏览器不为本页保存内容：关闭前请导出修订文件。',
  'This page was changed in another window: reload it before you go on.': '本页已在另一窗口中改动：请先重新载入。',
  '{0} changed pairs are not marked as right: aligning again may change them.': '有 {0} 个改动过的句对未标为正确，重新对齐时可能会变。',
  'Written: {0}': '已写出：{0}', 'Editing: Enter keeps the text, Escape leaves it as it was.': '编辑中：回车保存，Esc 放弃。',
  'Chinese sentence {0}': '中文第 {0} 句', 'English sentence {0}': '英文第 {0} 句', 'Close': '关闭', 'Go to the pairs': '跳到句对',
  'Path of the alignment: Chinese sentences from left to right, English from top to bottom. A click goes to the place.': '对齐路径：中文句子从左到右，英文从上到下。点击可跳转。',
  'Wide and red is doubtful; a bar below is as high as the doubt.': '红而宽者存疑；下方的条越高，疑点越大。',
  'Keys work while a pair has the focus.': '焦点在句对上时按键有效。',
  'next, previous pair': '下一对、上一对', 'first, last pair': '第一对、最后一对', 'next, previous sentence in the pair': '句对中的下一句、上一句', 'next, previous place to check': '下一处、上一处待查',
  'mark as right, or not': '标为正确或取消', 'mark as right and go on to the next place to check': '标为正确并到下一处待查',
  'merge with the next pair': '与下一对合并', 'split before the sentence': '在该句之前拆分', 'move the sentence to the pair above, below': '将句子移到上一对、下一对',
  'unpair': '拆开', 'edit the text of the sentence': '修改句子文字', 'pick up, and join with what was picked up': '拾起，与拾起的合并', 'undo, redo': '撤销、重做',
  'search': '搜索', 'this help': '本帮助', 'Changes are kept in this browser. “Corrections” gives a file for duizhao align --corrections: pairs marked as right stay, the rest is aligned anew.':
    '改动保存在本浏览器中。“修订文件”供 duizhao align --corrections 使用：标为正确的句对保持不变，其余重新对齐。',
};

const inChinese = /^zh\b/i.test(navigator.language || '');

/** The words of the page in the reader's language; {0}, {1} … are replaced by the other arguments. */
function say(words, ...values) {
  const own = (inChinese && Object.hasOwn(CHINESE, words)) ? CHINESE[words] : words;
  return own.replace(/\{(\d)\}/g, (_, k) => String(values[k]));
}

const REASONS = {
  'no-counterpart': 'no counterpart', 'one-language': 'no text in the other language', 'boilerplate': 'boilerplate',
  'other-language': 'another language', 'code': 'program code', 'empty': 'no words in it', 'low-confidence': 'low confidence', 'filtered': 'taken out by a filter',
};

/** A reason in words; one that a later version knows is shown as it is. */
function reasonWords(code) {
  return Object.hasOwn(REASONS, code) ? say(REASONS[code]) : code;
}

/** A new element with attributes, properties (`text`, `on…`) and children. Text is only ever set as text. */
function make(tag, attributes = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (name === 'text') element.textContent = value;
    else if (typeof value === 'function') element.addEventListener(name, value);
    else if (value === true) element.setAttribute(name, '');
    else if (value !== false && value !== null && value !== undefined) element.setAttribute(name, value);
  }
  element.append(...children.filter((child) => child !== null));
  return element;
}
