/** The help page's own script: fills the address in, copies values, and leads the phone to the same address. */

/** It works on what the page holds in data attributes, so that its digest in the content policy never changes. */
export const helpScript = `
const field = document.getElementById('login');
const { domain, example, page, copied } = document.body.dataset;
const each = (selector, act) => document.querySelectorAll(selector).forEach(act);
function show() {
  const [local, host = domain, ...surplus] = field.value.trim().split('@');
  const good = /^[A-Za-z0-9._+-]{1,64}$/.test(local) && host.toLowerCase() === domain && surplus.length === 0;
  const address = good ? local + '@' + domain : '';
  const query = good ? '?address=' + encodeURIComponent(address) : '';
  each('.address', (place) => { place.textContent = address || example + '@' + domain; });
  each('a.profile', (link) => { link.href = '/postolka.mobileconfig' + query; });
  each('a.language', (link) => { link.hash = good ? local : ''; });
  document.getElementById('wrong').hidden = good || field.value.trim() === '';
  return query;
}
function showCode() {
  const query = show();
  each('img.qr', (image) => { image.src = '/qr.svg' + (query ? query + '&' : '?') + 'page=' + page; });
}
async function copy(button) {
  const value = document.getElementById(button.dataset.copies);
  const label = button.textContent;
  try {
    await navigator.clipboard.writeText(value.textContent);
    button.textContent = copied;
    setTimeout(() => { button.textContent = label; }, 1500);
  } catch {
    getSelection().selectAllChildren(value);
  }
}
each('button', (button) => { button.hidden = false; button.addEventListener('click', () => copy(button)); });
field.addEventListener('input', show);
field.addEventListener('change', showCode);
if (location.hash.length > 1) field.value = decodeURIComponent(location.hash.slice(1));
showCode();
`;
