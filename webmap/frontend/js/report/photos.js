// Show the photographs of a report, kept on the phone from the moment they are chosen.

export function photos(form, draft) {
  const field = form.elements.photos;
  const list = form.querySelector("[data-photos]");
  const says = form.querySelector("[data-photos-say]");
  const most = Number(form.dataset.mostPhotos);
  const already = Number(form.querySelector("[data-photos-kept]")?.dataset.photosKept ?? 0);

  function item(photo) {
    const entry = document.createElement("li");
    const picture = document.createElement("img");
    picture.alt = photo.name;
    picture.src = URL.createObjectURL(photo.file);
    picture.addEventListener("error", () => picture.replaceWith(photo.name), { once: true }); // HEIC
    const remove = document.createElement("button");
    remove.type = "button";
    remove.className = "as-link";
    remove.textContent = list.dataset.remove.replace("#", photo.name);
    remove.addEventListener("click", async () => {
      await draft.dropPhoto(photo.id);
      await show();
      field.focus();
    });
    entry.append(picture, remove);
    return entry;
  }

  async function show() {
    const kept = await draft.photos();
    // What the town has already is told by the page; what it refused is not sent again.
    list.replaceChildren(...kept.filter(({ sent }) => !sent || !already).map(item));
  }

  async function take(files) {
    says.textContent = "";
    let kept = (await draft.photos()).length;
    for (const file of files) {
      if (file.size > Number(form.dataset.mostBytes)) says.textContent = list.dataset.tooLarge.replace("#", file.name);
      else if (kept >= most) says.textContent = list.dataset.tooMany;
      else {
        await draft.keepPhoto({ id: crypto.randomUUID?.() ?? `${Date.now()}-${Math.random()}`, name: file.name, file });
        kept += 1;
      }
    }
    field.value = "";
    await show();
  }

  field.addEventListener("change", () => take([...field.files]));
  return {
    // What was chosen before this script ran is taken too.
    async begin() {
      await show();
      if (field.files.length) await take([...field.files]);
    },
    async refuse(photo, why) {
      says.textContent = `${says.textContent} ${photo.name}: ${why}`.trim();
      await show();
    },
  };
}
