// Paint the map's small pictures: the stages' shapes, the one-way arrow, the lien's hatching.
import { palette, stageColor, stages } from "./palette.js";

const SCALE = 2;
export const BLANK = 20;

function picture(side, draw) {
  const canvas = new OffscreenCanvas(side * SCALE, side * SCALE);
  const pen = canvas.getContext("2d");
  pen.scale(SCALE, SCALE);
  draw(pen);
  return pen.getImageData(0, 0, canvas.width, canvas.height);
}

const stagePicture = (each) =>
  picture(28, (pen) => {
    pen.translate(2, 2);
    const shape = new Path2D(each.shape);
    pen.lineJoin = "round";
    pen.lineWidth = 3;
    pen.strokeStyle = palette().halo;
    pen.stroke(shape);
    pen.fillStyle = stageColor(each);
    pen.fill(shape);
    pen.fillStyle = palette().mark;
    pen.fill(new Path2D(each.mark));
  });

const arrow = () =>
  picture(16, (pen) => {
    pen.strokeStyle = palette().oneway;
    pen.lineWidth = 1.6;
    pen.stroke(new Path2D("M2 8h11M9.5 4.5 13 8l-3.5 3.5"));
  });

const hatch = () =>
  picture(8, (pen) => {
    pen.strokeStyle = palette().lien;
    pen.lineWidth = 1.1;
    pen.stroke(new Path2D("M-2 10 10 -2M-2 2 2 -2M6 10 10 6"));
  });

const routeArrow = () =>
  picture(12, (pen) => {
    pen.fillStyle = palette().mark;
    pen.fill(new Path2D("M3.5 2.5 9.5 6l-6 3.5L5 6z"));
  });

export function addImages(map) {
  const add = (id, data) =>
    map.hasImage(id) ? map.updateImage(id, data) : map.addImage(id, data, { pixelRatio: SCALE });
  stages.forEach((each) => add(`stage-${each.stage}`, stagePicture(each)));
  add("blank", picture(BLANK, () => {}));
  add("oneway", arrow());
  add("hatch", hatch());
  add("route-arrow", routeArrow());
}
