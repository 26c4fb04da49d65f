// Fill in the code that a letter's QR code brought behind the address, which no server is sent.

export function fromLetter(field) {
  const brought = decodeURIComponent(location.hash.slice(1));
  if (!brought) return;
  // It shall not stay in the address, nor where the browser keeps what was visited.
  history.replaceState(null, "", location.pathname);
  field.value = brought;
  field.form.querySelector("button").focus();
}
