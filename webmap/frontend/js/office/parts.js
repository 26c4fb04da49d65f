// Show of a form only the parts that what was chosen calls for; the others are not sent.
export function parts(fieldsets) {
  for (const fieldset of fieldsets) {
    const { ledBy, when } = fieldset.dataset;
    const leader = fieldset.form.elements[ledBy];
    const show = () => {
      fieldset.disabled = !when.split(" ").includes(leader.value);
      fieldset.hidden = fieldset.disabled;
    };
    fieldset.form.addEventListener("change", show); // of radio buttons there are several leaders
    show();
  }
}
