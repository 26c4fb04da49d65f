// Let boxes be dragged over a picture: each fills a line of the form below it, and follows what is typed there.
const SVG = "http://www.w3.org/2000/svg";
const SIDES = ["left", "top", "width", "height"];
const MOST = 30; // lines that the office takes
const LEAST = 1; // percent: less is a tap, not a box

export function blackingOut(figure) {
  const frame = figure.querySelector(".blacking-frame");
  const list = figure.closest("form").querySelector(".lines");
  const sheet = frame.appendChild(document.createElementNS(SVG, "svg"));
  sheet.setAttribute("viewBox", "0 0 100 100");
  sheet.setAttribute("preserveAspectRatio", "none");
  sheet.setAttribute("aria-hidden", "true"); // the lines below say the same
  let begun = null;

  const inputs = (line) => [...line.querySelectorAll("input")];
  const input = (line, name) => inputs(line).find((each) => each.name.endsWith(`-${name}`));
  const box = (line) => SIDES.map((side) => input(line, side).valueAsNumber);
  const empty = (line) => inputs(line).every((each) => !each.value);

  function draw(drawn = null) {
    const boxes = [...list.children].map(box);
    sheet.replaceChildren(
      ...[...boxes, ...(drawn ? [drawn] : [])].filter(([, , w, h]) => w > 0 && h > 0).map((sides) => {
        const rect = document.createElementNS(SVG, "rect");
        ["x", "y", "width", "height"].forEach((name, nth) => rect.setAttribute(name, sides[nth] || 0));
        return rect;
      }),
    );
  }

  function addLine() {
    if (list.children.length >= MOST) return null;
    const line = list.lastElementChild.cloneNode(true);
    for (const each of line.querySelectorAll(".field-error")) each.remove();
    for (const each of line.querySelectorAll("[id], [for], [name]")) {
      for (const name of ["id", "for", "name"]) {
        const said = each.getAttribute(name);
        if (said) each.setAttribute(name, said.replace(/-(\d+)-/, (_, nth) => `-${Number(nth) + 1}-`));
      }
    }
    for (const each of inputs(line)) {
      each.value = "";
      each.removeAttribute("aria-invalid");
    }
    list.append(line);
    follow(line);
    return line;
  }

  // The section of the box before it, until another is typed: one picture is mostly exempt by one law.
  function take(sides) {
    const lines = [...list.children];
    const line = lines.find(empty) ?? addLine();
    if (!line) return draw(); // the box vanishes, and is seen to
    const before = lines.filter((each) => each !== line && input(each, "exemption").value).at(-1);
    const [left, top] = sides;
    const edges = [left, top, left + sides[2], top + sides[3]].map((each) => Math.round(each * 10) / 10);
    const rounded = [edges[0], edges[1], edges[2] - edges[0], edges[3] - edges[1]];
    SIDES.forEach((side, nth) => {
      input(line, side).value = rounded[nth].toFixed(1);
    });
    if (before) input(line, "exemption").value = input(before, "exemption").value;
    draw();
  }

  function follow(line) {
    line.querySelector(".remove-box")?.remove();
    const nth = [...list.children].indexOf(line) + 1;
    for (const each of line.querySelectorAll("label .unseen")) each.textContent = ` ${nth}`;
    const remove = document.createElement("button");
    remove.type = "button";
    remove.className = "as-link remove-box";
    remove.textContent = `${figure.dataset.remove} ${nth}`;
    remove.addEventListener("click", () => {
      for (const each of inputs(line)) each.value = "";
      draw();
      inputs(line)[0].focus();
    });
    line.append(remove);
  }

  function at(event) {
    const { left, top, width, height } = sheet.getBoundingClientRect();
    const share = (value) => Math.min(100, Math.max(0, value * 100));
    return [share((event.clientX - left) / width), share((event.clientY - top) / height)];
  }

  function spanned(event) {
    const [x, y] = at(event);
    const [fromX, fromY] = begun;
    return [Math.min(x, fromX), Math.min(y, fromY), Math.abs(x - fromX), Math.abs(y - fromY)];
  }

  sheet.addEventListener("pointerdown", (event) => {
    begun = at(event);
    sheet.setPointerCapture(event.pointerId);
    event.preventDefault();
  });
  sheet.addEventListener("pointermove", (event) => begun && draw(spanned(event)));
  sheet.addEventListener("pointercancel", () => {
    begun = null;
    draw();
  });
  sheet.addEventListener("pointerup", (event) => {
    const sides = begun && spanned(event);
    begun = null;
    if (sides && sides[2] >= LEAST && sides[3] >= LEAST) take(sides);
    else draw();
  });
  list.addEventListener("input", () => draw());
  for (const line of list.children) follow(line);
  draw();
}
