/**
 * The page's only script: filters and deep links. Everything is readable without it. It builds no markup and reads
 * no text as code; the page's policy names it by its hash, so that nothing else runs.
 */
export const script = `
(() => {
  'use strict';
  const form = document.getElementById('filters');
  const cells = [...document.querySelectorAll('details.cell')];
  const groups = [...document.querySelectorAll('.suite')];
  const folds = [...document.querySelectorAll('#cells details.fold')];
  const texts = new Map();
  const textOf = (cell) => {
    let text = texts.get(cell);
    if (text === undefined) texts.set(cell, (text = cell.textContent.toLowerCase()));
    return text;
  };
  const keys = ['change', 'meaning', 'model', 'suite', 'prompt'];
  const apply = () => {
    if (form === null) return;
    const words = form.elements.text.value.toLowerCase().split(/\\s+/).filter(Boolean);
    const wanted = keys
      .map((key) => [key, form.elements[key] ? form.elements[key].value : ''])
      .filter((pair) => pair[1] !== '');
    const active = words.length > 0 || wanted.length > 0;
    let shown = 0;
    for (const cell of cells) {
      const fits =
        wanted.every((pair) => cell.dataset[pair[0]] === pair[1]) &&
        words.every((word) => textOf(cell).includes(word));
      cell.hidden = !fits;
      if (fits) shown++;
    }
    for (const fold of folds) {
      fold.hidden = fold.querySelector('details.cell:not([hidden])') === null;
      fold.open = active && !fold.hidden;
    }
    for (const group of groups) group.hidden = group.querySelector('details.cell:not([hidden])') === null;
    form.elements.count.value = active ? shown + ' of ' + cells.length + ' cells shown' : '';
    form.elements.clear.disabled = !active;
  };
  const clear = () => {
    form.reset();
    apply();
  };
  const find = () => {
    const raw = location.hash.slice(1);
    if (!raw.startsWith('case=')) return null;
    const exact = document.getElementById(raw);
    if (exact !== null) return exact;
    try {
      const hex = (character) => '%' + character.charCodeAt(0).toString(16).toUpperCase();
      const id = encodeURIComponent(decodeURIComponent(raw.slice(5))).replace(/[!'()*~]/g, hex);
      return document.getElementById('case=' + id);
    } catch {
      return null;
    }
  };
  const reveal = () => {
    const target = find();
    if (target === null) return;
    const cell = target.closest('details.cell');
    if (cell.hidden) clear();
    for (let at = target.parentElement; at !== null; at = at.parentElement) if (at.localName === 'details') at.open = true;
    cell.scrollIntoView({ block: 'start' });
    cell.querySelector('summary').focus({ preventScroll: true });
  };
  if (form !== null) {
    form.hidden = false;
    form.addEventListener('input', apply);
    form.addEventListener('submit', (event) => event.preventDefault());
    form.elements.clear.addEventListener('click', clear);
    document.addEventListener('click', (event) => {
      const link = event.target.closest('a[data-filter]');
      if (link === null) return;
      form.reset();
      for (const key of keys) {
        const control = form.elements[key];
        if (control && link.dataset[key] !== undefined) control.value = link.dataset[key];
      }
      apply();
      event.preventDefault();
      document.getElementById('cells').scrollIntoView();
    });
    apply();
  }
  addEventListener('hashchange', reveal);
  reveal();
})();
`;
