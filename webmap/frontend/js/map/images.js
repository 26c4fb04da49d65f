// Paint the map's small pictures: the stages' shapes, the one-way arrow, the lien's hatching.
import { ages, palette, routeColor, routes, stageColor, stages } from "./palette.js";

const SCALE = 2;
export const BLANK = 20;

function picture(side, draw) {
  const canvas = new OffscreenCanvas(side * SCALE, side * SCALE);
  const pen = canvas.getContext("2d");
  pen.scale(SCALE, SCALE);
  draw(pen);
  return pen.getImageData(0, 0, canvas.width, canvas.height);
}

function drawStage(pen, each) {
  const shape = new Path2D(each.shape);
  pen.lineJoin = "round";
  pen.lineWidth = 3;
  pen.strokeStyle = palette().halo;
  pen.stroke(shape);
  pen.fillStyle = stageColor(each);
  pen.fill(shape);
}

const stagePicture = (each) =>
  picture(28, (pen) => {
    pen.translate(2, 2);
    drawStage(pen, each);
    pen.fillStyle = palette().mark;
    pen.fill(new Path2D(each.mark));
  });

// Several cases at one place: the shape with another behind it, its corner to the upper right.
const stackPicture = (each) =>
  picture(36, (pen) => {
    pen.translate(10, 2);
    drawStage(pen, each);
    pen.translate(-4, 4);
    drawStage(pen, each);
    pen.translate(-4, 4);
    drawStage(pen, each);
    pen.fillStyle = palette().mark;
    pen.fill(new Path2D(each.mark));
  });

// Rounded ends that stay round however much text stands between them.
export const PILL = { stretchX: [[17, 19]], stretchY: [[17, 19]], content: [8, 8, 28, 28] };

const pill = (fill) =>
  picture(18, (pen) => {
    pen.fillStyle = fill;
    pen.strokeStyle = palette().halo;
    pen.lineWidth = 1.5;
    pen.beginPath();
    pen.roundRect(1, 1, 16, 16, 8);
    pen.fill();
    pen.stroke();
  });

const arrow = () =>
  picture(16, (pen) => {
    pen.strokeStyle = palette().oneway;
    pen.lineWidth = 1.6;
    pen.stroke(new Path2D("M2 8h11M9.5 4.5 13 8l-3.5 3.5"));
  });

// How old the oldest case of a place is: a bar for each age, so that no colour is needed.
const CIRCLE = "M12 1.5a10.5 10.5 0 1 0 0 21 10.5 10.5 0 0 0 0-21z";
const agePicture = (each) =>
  picture(28, (pen) => {
    pen.translate(2, 2);
    drawStage(pen, { ...each, shape: CIRCLE });
    pen.fillStyle = palette().mark;
    pen.fill(new Path2D(each.mark));
  });

const LINES = "M-2 10 10 -2M-2 2 2 -2M6 10 10 6";
const hatch = (lines = LINES) =>
  picture(8, (pen) => {
    pen.strokeStyle = palette().lien;
    pen.lineWidth = 1.1;
    pen.stroke(new Path2D(lines));
  });

const routeArrow = () =>
  picture(12, (pen) => {
    pen.fillStyle = palette().mark;
    pen.fill(new Path2D("M3.5 2.5 9.5 6l-6 3.5L5 6z"));
  });

// On a dashed line an arrow must stand for itself: it is edged as the line is coloured.
const planArrow = (each) =>
  picture(14, (pen) => {
    const shape = new Path2D("M3.5 2 11 7l-7.5 5L6 7z");
    pen.lineJoin = "round";
    pen.lineWidth = 2.4;
    pen.strokeStyle = routeColor(each);
    pen.stroke(shape);
    pen.fillStyle = palette().mark;
    pen.fill(shape);
  });

// What became of a stop, as the lists mark it (office/_plan_day.html): a tick, or a cross, on white.
const BECAME = { made: "M5.2 9.3 8 12.1 12.9 6.4", skipped: "M6 6 12 12M12 6 6 12" };
const becamePicture = (each, mark) =>
  picture(18, (pen) => {
    pen.fillStyle = palette().halo;
    pen.strokeStyle = routeColor(each);
    pen.lineCap = pen.lineJoin = "round";
    pen.lineWidth = 2;
    pen.beginPath();
    pen.arc(9, 9, 7.5, 0, 2 * Math.PI);
    pen.fill();
    pen.stroke();
    pen.lineWidth = 2.4;
    pen.stroke(new Path2D(mark));
  });

export function addImages(map) {
  const add = (id, data, more) =>
    map.hasImage(id) ? map.updateImage(id, data) : map.addImage(id, data, { pixelRatio: SCALE, ...more });
  stages.forEach((each) => add(`stage-${each.stage}`, stagePicture(each)));
  stages.forEach((each) => add(`stage-${each.stage}-many`, stackPicture(each)));
  add("badge", pill(palette().badge), PILL);
  add("route-badge", pill(palette().route), PILL);
  add("blank", picture(BLANK, () => {}));
  add("oneway", arrow());
  add("hatch", hatch());
  add("hatch-both", hatch(`${LINES}M-2 -2 10 10M-2 6 2 10M6 -2 10 2`));
  ages.forEach((each) => add(`age-${each.age}`, agePicture(each)));
  add("route-arrow", routeArrow());
  routes.forEach((each) => add(`plan-badge-${each.route}`, pill(routeColor(each)), PILL));
  routes.forEach((each) => add(`plan-arrow-${each.route}`, planArrow(each)));
  for (const [name, mark] of Object.entries(BECAME)) {
    routes.forEach((each) => add(`plan-${name}-${each.route}`, becamePicture(each, mark)));
  }
}
