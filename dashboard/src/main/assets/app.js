// Small comforts on top of pages that work without any script.
'use strict';

// Filter forms are sent by htmx while typing or choosing; their button is for browsers without scripts.
document.documentElement.classList.add('js');

// A chart's lanes carry their reading in <title>; show it as a tip that touch and mouse reach at once.
let tip = null;
const hideTip = () => { tip?.remove(); tip = null; };
document.addEventListener('pointerover', (event) => {
  const lane = event.target.closest?.('.lane');
  if (!lane) return hideTip();
  const plot = lane.closest('.plot');
  const text = lane.querySelector('title')?.textContent;
  if (!plot || !text) return;
  if (!tip || tip.parentNode !== plot) { hideTip(); tip = document.createElement('div'); tip.className = 'tip'; tip.setAttribute('aria-hidden', 'true'); plot.append(tip); }
  tip.textContent = text;
  const box = plot.getBoundingClientRect();
  const at = lane.getBoundingClientRect();
  const half = tip.offsetWidth / 2;
  const middle = at.left + at.width / 2 - box.left;
  tip.style.left = `${Math.min(Math.max(middle, half - 40), box.width - half + 8)}px`;
});

// The account card closes on Escape and on a click beside it.
document.addEventListener('keydown', (event) => {
  if (event.key === 'Escape') document.querySelectorAll('details.account[open]').forEach((card) => { card.open = false; card.querySelector('summary').focus(); });
});
document.addEventListener('click', (event) => {
  document.querySelectorAll('details.account[open]').forEach((card) => { if (!card.contains(event.target)) card.open = false; });
});

// Fields that only belong to one choice are shown with it (data-when="name=value other").
function settle(form) {
  form.querySelectorAll('[data-when]').forEach((part) => {
    const [name, values] = part.dataset.when.split('=');
    const chosen = form.elements[name]?.value;
    part.hidden = !values.split(' ').includes(chosen);
  });
}
document.querySelectorAll('form').forEach((form) => { if (form.querySelector('[data-when]')) { settle(form); form.addEventListener('change', () => settle(form)); } });

// A form is sent once, however often its button is pressed.
document.addEventListener('submit', (event) => {
  const form = event.target;
  if (form.method !== 'post' || event.defaultPrevented) return;
  if (form.dataset.sent) { event.preventDefault(); return; }
  form.dataset.sent = 'yes';
  window.addEventListener('pageshow', () => { delete form.dataset.sent; }, { once: true });
});

// A scan on its way: the list refreshes itself (data-refresh seconds through htmx); time zones are suggested by the browser.
document.querySelectorAll('input[data-time-zone]').forEach((field) => {
  if (!field.value) field.value = Intl.DateTimeFormat().resolvedOptions().timeZone ?? 'UTC';
});

// A file is read into the field that its input names (data-fills); what is sent is the field.
document.querySelectorAll('input[data-fills]').forEach((input) => input.addEventListener('change', async () => {
  const file = input.files[0];
  if (file) document.getElementById(input.dataset.fills).value = await file.text();
}));

// On narrow screens the tab of this page may lie outside: bring it into sight.
document.querySelector('.tabs [aria-current]')?.scrollIntoView({ block: 'nearest', inline: 'center' });
