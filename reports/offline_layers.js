// Draw the layers of an answer, each mark told apart by its form too; go through their moments;
// show the legends of what is in sight; and let a table's buttons find their places.
const answer = (() => {
  const entries = [];
  const SHAPES = lotline.forms;

  // Leaflet's circle with other outlines: its canvas asks each path to draw itself.
  const Mark = L.CircleMarker.extend({
    _updatePath() {
      const corners = SHAPES[this.options.form];
      if (!corners) {
        this._renderer._updateCircle(this);
        return;
      }
      if (!this._renderer._drawing || this._empty()) return;
      const { x, y } = this._point;
      const context = this._renderer._ctx;
      context.beginPath();
      for (const [east, south] of corners) {
        context.lineTo(x + east * this._radius, y + south * this._radius);
      }
      context.closePath();
      this._renderer._fillStroke(context, this);
    },
  });

  function markOf(said, feature) {
    return said.marks[feature.properties.step ?? 0] ?? said.marks[0];
  }

  function styleOf(said, feature) {
    const mark = markOf(said, feature);
    const dashArray = mark.dashes.join(" ") || null;
    if (said.look === "outlines") {
      return { color: mark.color, weight: 2.6, fill: true, fillOpacity: 0.04, dashArray };
    }
    if (said.look === "areas") {
      return {
        color: "#1b1b1b", opacity: 0.6, weight: mark.dashes.length ? 1.4 : 0.6, dashArray,
        fillColor: mark.color, fillOpacity: 0.72,
      };
    }
    return {
      form: mark.form, radius: feature.properties.radius ?? mark.radius, color: mark.rim,
      weight: mark.rimWidth, fillColor: mark.color, fillOpacity: 0.85,
    };
  }

  function drawn(said) {
    if (said.look === "picture") {
      const { url, bounds, alt } = said;
      return L.imageOverlay(url, bounds, { pane: "heat", alt });
    }
    return L.geoJson(
      { type: "FeatureCollection", features: said.features },
      {
        style: (feature) => styleOf(said, feature),
        pointToLayer: (feature, place) => new Mark(place, styleOf(said, feature)),
        onEachFeature: lotline.describe,
      },
    );
  }

  // Called by the page for each layer, before the map is there.
  function layer(said) {
    const drawing = drawn(said);
    const parts = drawing.getLayers?.() ?? [];
    const entry = { said, drawing, parts, slider: null, moment: 0 };
    if (said.look === "areas") drawing.on("add", () => drawing.bringToBack());
    entries.push(entry);
    return drawing;
  }

  function show(entry, moment) {
    entry.moment = moment;
    entry.drawing.clearLayers();
    for (const part of entry.parts) {
      if ((part.feature.properties.at ?? moment) === moment) entry.drawing.addLayer(part);
    }
    if (entry.said.look === "areas" && lotline.map.hasLayer(entry.drawing)) {
      entry.drawing.bringToBack();
    }
  }

  function slider(entry, words) {
    const { times, title } = entry.said;
    const box = Object.assign(document.createElement("div"), { className: "times" });
    const range = Object.assign(document.createElement("input"), {
      type: "range", min: 0, max: times.length - 1, step: 1, value: 0,
    });
    const told = document.createElement("output");
    const play = Object.assign(document.createElement("button"), {
      type: "button", textContent: words.play,
    });
    range.setAttribute("aria-label", `${words.slider}: ${title}`);
    let running = null;
    const go = (moment) => {
      range.value = moment;
      range.setAttribute("aria-valuetext", times[moment]);
      told.textContent = times[moment];
      show(entry, Number(moment));
    };
    const stop = () => {
      clearInterval(running);
      running = null;
      play.textContent = words.play;
    };
    range.addEventListener("input", () => {
      stop();
      go(range.value);
    });
    play.addEventListener("click", () => {
      if (running) {
        stop();
        return;
      }
      play.textContent = words.pause;
      if (entry.moment === times.length - 1) go(0);
      running = setInterval(() => {
        go(entry.moment + 1);
        if (entry.moment === times.length - 1) stop();
      }, 1200);
    });
    box.append(play, range, told);
    L.DomEvent.disableClickPropagation(box);
    L.DomEvent.disableScrollPropagation(box);
    entry.slider = { box, go };
    go(0);
    return box;
  }

  // Legends and sliders are those of the layers in sight.
  function follow() {
    for (const { said, drawing, slider: own } of entries) {
      const inSight = lotline.map.hasLayer(drawing);
      for (const legend of document.querySelectorAll(".legend[data-layer]")) {
        if (legend.dataset.layer === said.key) legend.hidden = !inSight;
      }
      if (own) own.box.hidden = !inSight;
    }
  }

  function found(key) {
    const of = (entry) => entry.parts.find((part) => part.feature.properties.key === key);
    const inSight = entries.filter(({ drawing }) => lotline.map.hasLayer(drawing));
    for (const entry of [...inSight, ...entries]) {
      const part = of(entry);
      if (part) return { entry, part };
    }
    return null;
  }

  function open(key) {
    const { map } = lotline;
    const place = found(key);
    if (!place) return;
    const { entry, part } = place;
    if (!map.hasLayer(entry.drawing)) map.addLayer(entry.drawing);
    if (entry.slider) entry.slider.go(part.feature.properties.at ?? entry.moment);
    if (part.getLatLng) {
      map.setView(part.getLatLng(), Math.max(map.getZoom(), 16), { animate: false });
    } else {
      map.fitBounds(part.getBounds(), { maxZoom: 17, padding: [40, 40], animate: false });
    }
    part.openPopup();
    map.getContainer().scrollIntoView({ block: "nearest" });
  }

  function start(words) {
    const { map } = lotline;
    for (const entry of entries.filter(({ said }) => said.times.length > 1)) {
      map.getContainer().append(slider(entry, words));
    }
    map.on("layeradd layerremove", follow);
    follow();
    for (const button of document.querySelectorAll("button[data-key]")) {
      button.addEventListener("click", () => open(button.dataset.key));
    }
  }

  return { layer, start };
})();
