// Show of a form only the parts that what was chosen calls for; fields of the others are not sent.
export function parts(elements) {
  for (const part of elements) {
    const { ledBy, when } = part.dataset;
    const form = part.closest("form");
    const leader = form.elements[ledBy];
    const show = () => {
      part.hidden = !when.split(" ").includes(leader.value);
      part.disabled = part.hidden; // of a fieldset; a paragraph has nothing to send
    };
    form.addEventListener("change", show); // of radio buttons there are several leaders
    show();
  }
}
