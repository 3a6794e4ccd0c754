// The diagram on its canvas. What is drawn in which detail depends on how far apart the events are.

const canvas = $("diagram"), pen = canvas.getContext("2d");
const FONT = getComputedStyle(document.body).fontFamily;
let colours = {}, pending = false, detail = 1, labelsPlaced = [];

function readColours() {
  const style = getComputedStyle(document.documentElement);
  for (const name of ["back", "paper", "zebra", "ink", "soft", "hair", "edge", "line", "accent", "good", "bad", "data", "relay", "acknowledgement", "fair-loss",
    "connection", "other", "deliver", "view", "suspect", "restore", "crash", "start", "message", "past", "future", "partition", "pause"]) {
    colours[name] = style.getPropertyValue("--" + name).trim();
  }
  colours.broadcast = colours.data;
  colours.end = colours.crash;
}
function draw() {
  if (!pending) { pending = true; requestAnimationFrame(() => { pending = false; render(); }); }
}
function sharp(target, w, h) {
  const scale = window.devicePixelRatio || 1;
  if (target.width !== Math.round(w * scale) || target.height !== Math.round(h * scale)) {
    target.width = Math.round(w * scale); target.height = Math.round(h * scale);
  }
  const context = target.getContext("2d");
  context.setTransform(scale, 0, 0, scale, 0, 0);
  context.clearRect(0, 0, w, h);
  return context;
}

const hidden = id => state.curtain && state.selected >= 0 && id > state.selected;
/** 1, or less for what stands back: it is neither cause nor effect of the selected event, or not of the violation. */
function emphasis(id) {
  if (hidden(id)) return 0;
  if (state.past) return id === state.selected || state.past.has(id) || state.future.has(id) ? 1 : .16;
  return 1;
}

function render() {
  measure();
  pen.font = `600 13px ${FONT}`;
  labelWidth = Math.min(150, Math.max(data.bands.some(band => band.kind === "down") ? 72 : 54, ...names.map(name => pen.measureText(name).width + 34)));
  keepInside();
  sharp(canvas, view.width, view.height);
  const from = (state.left - labelWidth - 250) / state.zoom, to = (state.left + view.width + 50) / state.zoom;
  const inside = visible.filter(id => place[id] >= from && place[id] <= to);
  const busiest = new Array(names.length).fill(0);
  inside.forEach(id => { if (!isFrame(points[id])) busiest[points[id].process]++; });
  // Pixels that an event has on the busiest line; at the length of a label all is shown.
  const pitch = Math.min((to - from) * state.zoom / Math.max(1, ...busiest), EVENT_GAP * 1.2 * (state.spacing === "linear" ? 1e9 : state.zoom));
  detail = Math.max(0, Math.min(1, pitch / 17));
  labelsPlaced = [];
  pen.save();
  pen.beginPath(); pen.rect(labelWidth, 0, view.width, view.height); pen.clip();
  drawZebra();
  drawBands();
  drawAxis();
  drawLines();
  drawCones();
  drawArrows(inside, from, to);
  drawPoints(inside);
  drawMissing();
  pen.restore();
  drawNames();
  drawOverview();
  document.documentElement.dataset.drawn = inside.length;
}
function drawZebra() {
  pen.fillStyle = colours.zebra;
  for (let process = 0; process < names.length; process += 2) pen.fillRect(0, rowY(process) - rowHeight / 2, view.width, rowHeight);
}
function spanOf(band) {
  const x1 = Math.max(labelWidth, onScreen(placeOfTime(band.from))), x2 = Math.min(view.width, onScreen(placeOfTime(band.to)));
  return [x1, Math.max(x2, x1 + 2)];
}
function drawBands() {
  const ends = [-1e9, -1e9];
  data.bands.forEach(band => {
    if (state.curtain && state.selected >= 0 && band.from > points[state.selected].at) return;
    const [x1, x2] = spanOf(band);
    if (x2 <= labelWidth || x1 >= view.width) return;
    if (band.kind === "partition") {
      const top = TOP - 6 - state.top, height = rowHeight * names.length + 6;
      pen.globalAlpha = .07; pen.fillStyle = colours.partition; pen.fillRect(x1, top, x2 - x1, height);
      pen.globalAlpha = .55; pen.strokeStyle = colours.partition; pen.lineWidth = 1; pen.setLineDash([3, 4]);
      pen.beginPath(); pen.moveTo(x1, top); pen.lineTo(x1, top + height); pen.moveTo(x2, top); pen.lineTo(x2, top + height); pen.stroke();
      pen.setLineDash([]); pen.globalAlpha = 1;
      // A bracket over the band with its name, on one of two shelves.
      const shelf = x1 > ends[0] ? 0 : x1 > ends[1] ? 1 : -1;
      if (shelf >= 0) {
        const y = TOP - 10 - 12 * shelf;
        pen.fillStyle = colours.partition; pen.fillRect(x1, TOP - 7, x2 - x1, 2);
        const text = shortened(band.text, Math.max(x2 - x1 - 6, 90), `600 11px ${FONT}`);
        if (x2 - x1 > 18) { ends[shelf] = x1 + pen.measureText(text).width + 10; halo(text, x1 + 2, y, colours.partition, "left"); }
      }
    } else if (band.kind !== "down") {
      band.processes.forEach(process => {
        const y = rowY(process), h = Math.min(24, rowHeight * .5);
        pen.globalAlpha = .2; pen.fillStyle = colours.pause; rounded(x1, y - h / 2, x2 - x1, h, 4); pen.fill();
        pen.globalAlpha = .7; pen.strokeStyle = colours.pause; pen.lineWidth = 1; pen.stroke(); pen.globalAlpha = 1;
        const word = band.kind === "pause" ? "paused" : "busy";
        if (x2 - x1 > 60 && rowHeight > 44) {
          pen.font = `11px ${FONT}`; pen.fillStyle = colours.soft; pen.textAlign = "left"; pen.fillText(word, x1 + 5, y + h / 2 + 12);
        }
      });
    }
  });
}
function drawAxis() {
  pen.font = `11px ${FONT}`; pen.lineWidth = 1; pen.textAlign = "center";
  let last = -1e9;
  const mark = (x, text) => {
    if (x < labelWidth + 8 || x > view.width - 20 || x - last < 96) return;
    last = x;
    pen.strokeStyle = colours.hair; pen.beginPath(); pen.moveTo(x, 20); pen.lineTo(x, view.height - 4); pen.stroke();
    pen.fillStyle = colours.soft; pen.fillText(text, Math.max(x, labelWidth + 4 + pen.measureText(text).width / 2), 14);
  };
  if (logical) {
    visible.forEach(id => mark(onScreen(place[id]), String(points[id].at)));
  } else if (state.spacing === "linear") {
    const first = points.length ? points[0].at : 0, span = data.end - first;
    const raw = span * 110 / (width * state.zoom), base = 10 ** Math.floor(Math.log10(Math.max(1, raw)));
    const step = [1, 2, 5, 10].map(k => k * base).find(s => s >= raw) || 1;
    const start = first + Math.max(0, state.left - labelWidth) / (width * state.zoom) * span;
    const end = Math.min(data.end, first + (state.left + view.width) / (width * state.zoom) * span);
    for (let at = Math.ceil(start / step) * step; at <= end; at += step) mark(onScreen(placeOfTime(at)), axisTime(at, step));
  } else {
    visible.forEach(id => mark(onScreen(place[id]), axisTime(points[id].at, 100)));
  }
}
function axisTime(micros, step) {
  const digits = Math.max(0, Math.min(6, 6 - Math.floor(Math.log10(step))));
  return (micros / 1e6).toFixed(digits) + " s";
}
function drawLines() {
  const end = onScreen(width);
  names.forEach((name, process) => {
    const y = rowY(process);
    pen.strokeStyle = colours.line; pen.lineWidth = 1.4; pen.setLineDash([]);
    const first = points.findIndex(point => point.process === process);
    const begin = logical || first < 0 ? labelWidth : onScreen(placeOfTime(points[first].at));
    pen.beginPath(); pen.moveTo(Math.max(labelWidth, begin), y); pen.lineTo(Math.max(labelWidth, Math.min(view.width, end)), y); pen.stroke();
    data.bands.filter(band => band.kind === "down" && band.processes.includes(process)).forEach(band => {
      const x1 = Math.max(labelWidth, onScreen(logical ? downFrom(process) : placeOfTime(band.from)));
      const x2 = Math.min(view.width, band.to >= data.end ? end + 4 : onScreen(placeOfTime(band.to)));
      if (x2 <= x1 || (state.curtain && state.selected >= 0 && band.from > points[state.selected].at)) return;
      pen.strokeStyle = process % 2 ? colours.paper : colours.zebra; pen.lineWidth = 4; pen.beginPath(); pen.moveTo(x1, y); pen.lineTo(x2, y); pen.stroke();
      pen.strokeStyle = colours.crash; pen.globalAlpha = .75; pen.lineWidth = 1.2; pen.setLineDash([2, 6]);
      pen.beginPath(); pen.moveTo(x1, y); pen.lineTo(x2, y); pen.stroke(); pen.setLineDash([]); pen.globalAlpha = 1;
    });
  });
}
function downFrom(process) {
  const crash = visible.filter(id => points[id].process === process && (points[id].kind === "crash" || points[id].kind === "end")).pop();
  return crash === undefined ? width : place[crash];
}
function drawCones() {
  if (!state.past) return;
  const cone = (ids, colour) => {
    const low = new Array(names.length).fill(Infinity), high = new Array(names.length).fill(-Infinity);
    const include = id => {
      const x = placeOf(id), row = points[id].process;
      low[row] = Math.min(low[row], x); high[row] = Math.max(high[row], x);
    };
    ids.forEach(include);
    include(state.selected);
    names.forEach((name, row) => {
      if (high[row] < low[row] || (ids.size === 0 && row !== points[state.selected].process)) return;
      const x1 = Math.max(labelWidth - 9, onScreen(low[row])), x2 = Math.min(view.width + 9, onScreen(high[row]));
      if (x2 < x1) return;
      pen.strokeStyle = colour; pen.globalAlpha = .26; pen.lineWidth = Math.min(16, rowHeight * .36); pen.lineCap = "round";
      pen.beginPath(); pen.moveTo(x1, rowY(row)); pen.lineTo(x2, rowY(row)); pen.stroke(); pen.lineCap = "butt"; pen.globalAlpha = 1;
    });
  };
  cone(state.past, colours.past);
  if (!state.curtain) cone(state.future, colours.future);
}

/** From where to where an arrow is drawn; one that never arrives ends on its way. */
function ends(arrow) {
  const x1 = onScreen(place[arrow.from]), y1 = rowY(points[arrow.from].process);
  if (arrow.to >= 0 && !hidden(arrow.to)) return { x1, y1, x2: onScreen(place[arrow.to]), y2: rowY(arrow.target), arrived: true };
  const full = arrow.to >= 0 ? onScreen(place[arrow.to]) : arrow.lost >= 0 ? onScreen(placeOfTime(arrow.lost)) : x1 + 40;
  const share = .62, dx = Math.max(16, Math.min(full - x1, 80));
  return { x1, y1, x2: x1 + dx * share, y2: y1 + (rowY(arrow.target) - y1) * share, arrived: false };
}
function drawArrows(inside, from, to) {
  const wanted = new Set();
  inside.forEach(id => {
    points[id].sent.forEach(arrow => { if (showsArrow(arrows[arrow])) wanted.add(arrow); });
    if (points[id].received >= 0 && showsArrow(arrows[points[id].received])) wanted.add(points[id].received);
  });
  arrows.forEach(arrow => { // Long ones that pass through, both ends outside.
    if (arrow.to >= 0 && place[arrow.from] < from && place[arrow.to] > to && showsArrow(arrow)) wanted.add(arrow.id);
  });
  const ink = Math.max(.07, Math.min(1, .12 + detail * 1.1)) * (wanted.size > 4000 ? .5 : 1);
  const list = [...wanted].map(id => arrows[id]).filter(arrow => !hidden(arrow.from));
  const labels = list.length < 90 && detail >= 1;
  // By kind and strength, so that the pen changes seldom; the selected event's own come last, on top.
  const rank = arrow => Object.keys(arrowKinds).length - Object.keys(arrowKinds).indexOf(arrow.kind) + (own(arrow) ? 20 : 0);
  list.sort((a, b) => rank(a) - rank(b));
  list.forEach(arrow => {
    const { x1, y1, x2, y2, arrived } = ends(arrow), kind = arrowKinds[arrow.kind], mine = own(arrow);
    const strength = Math.min(emphasis(arrow.from), arrived ? emphasis(arrow.to) : 1);
    pen.globalAlpha = mine ? 1 : ink * strength;
    pen.strokeStyle = pen.fillStyle = colours[arrow.kind];
    pen.lineWidth = mine ? 2.6 : Math.max(.7, kind.width * (.55 + .45 * detail));
    pen.setLineDash(detail > .35 ? kind.dash : []);
    const length = Math.hypot(x2 - x1, y2 - y1) || 1, cut = arrived && detail > .6 && big(arrow.to) ? 6 : 0;
    const tx = x2 - (x2 - x1) / length * cut, ty = y2 - (y2 - y1) / length * cut;
    pen.beginPath(); pen.moveTo(x1, y1); pen.lineTo(tx, ty); pen.stroke(); pen.setLineDash([]);
    if (arrived ? detail > .3 || mine : detail > .12 || mine) arrived ? head(x1, y1, tx, ty, kind.width > 1.4 ? 8 : 6.5) : cross(x2, y2, detail > .6 ? 4.5 : 3, 2);
    if (labels && strength === 1 && (mine || kind.width > 1.1) && !obvious(arrow)) arrowLabel(arrow, x1, y1, x2, y2);
    pen.globalAlpha = 1;
  });
}
/** Whether it leaves from the selected event or arrives there, or in the same turn. */
const at = id => id >= 0 && (id === state.selected || (points[id].process === points[state.selected].process && place[id] === place[state.selected]));
const own = arrow => state.selected >= 0 && (at(arrow.from) || at(arrow.to));
/** Whether the arrow begins at the sign of the broadcast that it carries, which is labelled already. */
function obvious(arrow) {
  const broadcast = before[arrow.from] >= 0 && arrow.messages.length === 1 && arrow.kind === "data";
  if (logical) return arrow.messages.length === 1;
  return broadcast && visible.some(id => points[id].kind === "broadcast" && points[id].message === arrow.messages[0] && place[id] === place[arrow.from]);
}
/** Whether a big sign stands where the arrow ends: on its point, or where the receipt led to one at once. */
function big(id) {
  if (!isFrame(points[id])) return true;
  const next = after[id];
  return next >= 0 && !isFrame(points[next]) && points[next].at === points[id].at && place[next] === place[id];
}
function head(x1, y1, x2, y2, size) {
  const angle = Math.atan2(y2 - y1, x2 - x1);
  pen.beginPath(); pen.moveTo(x2, y2);
  pen.lineTo(x2 - size * Math.cos(angle + .38), y2 - size * Math.sin(angle + .38));
  pen.lineTo(x2 - size * Math.cos(angle - .38), y2 - size * Math.sin(angle - .38));
  pen.closePath(); pen.fill();
}
function cross(x, y, half, stroke) {
  pen.strokeStyle = colours.crash; pen.lineWidth = stroke; pen.beginPath();
  pen.moveTo(x - half, y - half); pen.lineTo(x + half, y + half); pen.moveTo(x + half, y - half); pen.lineTo(x - half, y + half); pen.stroke();
}
function arrowLabel(arrow, x1, y1, x2, y2) {
  const length = Math.hypot(x2 - x1, y2 - y1);
  const text = arrow.messages.length === 1 ? arrow.messages[0] : arrow.messages.length ? `${arrow.messages[0]} +${arrow.messages.length - 1}` : arrow.kind === "acknowledgement" ? "ack" : arrow.kind === "fair-loss" ? "heartbeat" : arrow.kind;
  pen.font = `10.5px ${FONT}`;
  const w = pen.measureText(text).width;
  if (length < w + 44 || Math.abs(x2 - x1) < 24) return;
  const share = .36, x = x1 + (x2 - x1) * share, y = y1 + (y2 - y1) * share;
  if (!free(x - w / 2, y - 8, w, 16)) return;
  let angle = Math.atan2(y2 - y1, x2 - x1);
  if (Math.abs(angle) > Math.PI / 2) angle += Math.PI;
  pen.save(); pen.translate(x, y); pen.rotate(angle); halo(text, 0, -3.5, colours[arrow.kind], "center"); pen.restore();
}

const signs = {
  broadcast: (p, x, y, s) => { p.beginPath(); p.arc(x, y, 6 * s, 0, 7); p.fill(); },
  deliver: (p, x, y, s) => { box(p, x - 5.5 * s, y - 5.5 * s, 11 * s, 11 * s, 2 * s); p.save(); p.fillStyle = colours.paper; p.fill(); p.restore(); p.lineWidth = 2.4 * s; p.stroke(); },
  message: (p, x, y, s) => { p.beginPath(); p.moveTo(x, y - 6 * s); p.lineTo(x + 6 * s, y); p.lineTo(x, y + 6 * s); p.lineTo(x - 6 * s, y); p.closePath(); p.fill(); },
  suspect: (p, x, y, s) => { triangle(p, x, y, s); p.fill(); p.save(); p.fillStyle = colours.paper; p.fillRect(x - .9 * s, y - 3 * s, 1.8 * s, 4.6 * s); p.fillRect(x - .9 * s, y + 2.6 * s, 1.8 * s, 1.8 * s); p.restore(); },
  restore: (p, x, y, s) => { triangle(p, x, y, s); p.save(); p.fillStyle = colours.paper; p.fill(); p.restore(); p.lineWidth = 1.9 * s; p.stroke(); },
  view: (p, x, y, s) => { p.lineWidth = 4.4 * s; p.lineCap = "round"; p.beginPath(); p.moveTo(x, y - 11 * s); p.lineTo(x, y + 11 * s); p.stroke(); p.lineCap = "butt"; },
  crash: (p, x, y, s) => { p.lineWidth = 3.6 * s; p.lineCap = "round"; p.beginPath(); p.moveTo(x - 7 * s, y - 7 * s); p.lineTo(x + 7 * s, y + 7 * s); p.moveTo(x + 7 * s, y - 7 * s); p.lineTo(x - 7 * s, y + 7 * s); p.stroke(); p.lineCap = "butt"; },
  end: (p, x, y, s) => { p.lineWidth = 3.4 * s; p.beginPath(); p.moveTo(x, y - 8 * s); p.lineTo(x, y + 8 * s); p.stroke(); },
  start: (p, x, y, s) => { p.lineWidth = 2.2 * s; p.beginPath(); p.moveTo(x, y - 7 * s); p.lineTo(x, y + 7 * s); p.stroke(); p.beginPath(); p.arc(x, y, 3 * s, 0, 7); p.fill(); },
};
function triangle(p, x, y, s) { p.beginPath(); p.moveTo(x, y - 8 * s); p.lineTo(x + 8 * s, y + 6 * s); p.lineTo(x - 8 * s, y + 6 * s); p.closePath(); }
function box(p, x, y, w, h, r) { p.beginPath(); if (p.roundRect) p.roundRect(x, y, w, h, r); else p.rect(x, y, w, h); }
function rounded(x, y, w, h, r) { box(pen, x, y, Math.max(1, w), h, r); }
function free(x, y, w, h) {
  if (labelsPlaced.some(other => x < other[0] + other[2] && other[0] < x + w && y < other[1] + other[3] && other[1] < y + h)) return false;
  labelsPlaced.push([x, y, w, h]);
  return true;
}
function halo(text, x, y, colour, align) {
  pen.textAlign = align; pen.lineJoin = "round"; pen.lineWidth = 3.5; pen.strokeStyle = colours.paper; pen.strokeText(text, x, y);
  pen.fillStyle = colour; pen.fillText(text, x, y);
}
function shortened(text, most, font) {
  pen.font = font;
  if (pen.measureText(text).width <= most) return text;
  let length = text.length;
  while (length > 1 && pen.measureText(text.slice(0, length) + "…").width > most) length--;
  return text.slice(0, length) + "…";
}
function labelOf(point) {
  switch (point.kind) {
    case "suspect": return point.text.replace(/^.* (suspects|detects the crash of) /, "");
    case "restore": return point.text.replace(/^.* trusts (.*) again$/, "$1");
    case "crash": return "crashes";
    case "end": return "ends";
    case "view": return point.text.replace(/^.* installs (view \d+).*$/, "$1");
    case "start": return /\/\d+ starts$/.test(point.text) || before[point.id] >= 0 ? "restarts" : "";
    default: return point.message;
  }
}
function drawPoints(inside) {
  const grown = Math.max(.3, Math.min(1, detail * 1.15)), bars = detail < .3;
  const texts = [];
  inside.forEach(id => {
    const point = points[id], strength = emphasis(id);
    if (strength === 0 || id === state.selected || accused.has(id)) return;
    const x = onScreen(place[id]), y = rowY(point.process);
    pen.globalAlpha = strength;
    pen.fillStyle = pen.strokeStyle = colours[isFrame(point) ? frameOf(point).kind : point.kind];
    if (isFrame(point)) {
      if (detail > .75) { pen.beginPath(); pen.arc(x, y, 2.4, 0, 7); pen.fill(); }
    } else if (bars && (point.kind === "broadcast" || point.kind === "deliver" || point.kind === "message")) {
      const h = Math.min(10, rowHeight * .2); // From afar: broadcasts above the line, deliveries below.
      pen.globalAlpha = strength * Math.max(.35, Math.min(1, detail * 4));
      pen.fillRect(x - .6, point.kind === "broadcast" ? y - h - 1 : y + 1, Math.max(1.2, 3 * detail), point.kind === "broadcast" ? h : h * .8);
    } else {
      signs[point.kind](pen, x, y, notable.has(point.kind) && point.kind !== "start" ? Math.max(.6, grown) : grown);
      if (strength === 1) texts.push(point);
    }
    pen.globalAlpha = 1;
  });
  [...accused].filter(id => id !== state.selected && showsPoint(points[id])).forEach(id => ringed(id, texts, colours.bad));
  if (state.selected >= 0) ringed(state.selected, texts, colours.accent);
  // What matters is labelled first, so that it gets the room.
  const important = point => (point.id === state.selected ? 0 : accused.has(point.id) ? 1 : point.kind === "crash" ? 2 : notable.has(point.kind) ? 3 : point.kind === "broadcast" ? 4 : 5);
  texts.sort((a, b) => important(a) - important(b));
  texts.forEach(point => {
    const text = labelOf(point), rank = important(point);
    if (!text || (rank > 4 && detail < .5) || (rank === 4 && detail < .3)) return;
    pen.font = `${rank < 3 || point.kind === "broadcast" ? 600 : 400} 11px ${FONT}`;
    const x = onScreen(place[point.id]), y = rowY(point.process) - (rowHeight < 40 ? 10 : 14), w = pen.measureText(text).width;
    if (!free(x - w / 2 - 1, y - 10, w + 2, 12)) return;
    halo(text, x, y, rank < 2 ? (rank ? colours.bad : colours.ink) : point.kind === "broadcast" || point.kind === "deliver" ? colours.ink : colours[point.kind], "center");
  });
}
function ringed(id, texts, colour) {
  const point = points[id], x = onScreen(showsPoint(point) ? place[id] : placeOf(id)), y = rowY(point.process);
  if (hidden(id)) return;
  pen.globalAlpha = .16; pen.fillStyle = colour; pen.beginPath(); pen.arc(x, y, 14, 0, 7); pen.fill();
  pen.globalAlpha = Math.max(.45, emphasis(id)); pen.strokeStyle = colour; pen.lineWidth = 2.2; pen.beginPath(); pen.arc(x, y, 12, 0, 7); pen.stroke();
  pen.fillStyle = pen.strokeStyle = colours[isFrame(point) ? frameOf(point).kind : point.kind];
  if (isFrame(point)) { pen.beginPath(); pen.arc(x, y, 4.5, 0, 7); pen.fill(); } else signs[point.kind](pen, x, y, .95);
  pen.globalAlpha = 1;
  texts.push(point);
}
/** What should have happened and did not, at the end of its process's line. */
function drawMissing() {
  if (state.curtain) return;
  missing.forEach(({ process, text }) => {
    const x = Math.min(view.width - 22, onScreen(width) - 20 * Math.min(1, state.zoom)), y = rowY(process);
    if (x < labelWidth) return;
    pen.strokeStyle = colours.bad; pen.lineWidth = 2; pen.setLineDash([3, 3]); box(pen, x - 8, y - 8, 16, 16, 3);
    pen.save(); pen.fillStyle = colours.paper; pen.fill(); pen.restore(); pen.stroke(); pen.setLineDash([]);
    pen.font = `600 11px ${FONT}`;
    halo(text, Math.min(x + 8, view.width - 8), y - 15, colours.bad, "right");
  });
}
function drawNames() {
  pen.fillStyle = colours.paper; pen.fillRect(0, 0, labelWidth, view.height);
  names.forEach((name, process) => {
    const y = rowY(process);
    if (process % 2 === 0) { pen.fillStyle = colours.zebra; pen.fillRect(0, y - rowHeight / 2, labelWidth, rowHeight); }
    pen.textAlign = "left"; pen.fillStyle = colours.ink;
    const text = shortened(name, labelWidth - 26, `600 13px ${FONT}`);
    pen.fillText(text, 16, y + 4.5);
    const down = data.bands.find(band => band.kind === "down" && band.processes.includes(process) && band.to >= data.end);
    if (down && rowHeight > 44) {
      pen.font = `10.5px ${FONT}`; pen.fillStyle = colours.crash; pen.fillText("crashed", 16, y + 18);
    }
  });
  pen.fillStyle = colours.paper; pen.fillRect(0, 0, labelWidth, TOP - 8);
  pen.strokeStyle = colours.hair; pen.lineWidth = 1; pen.beginPath(); pen.moveTo(labelWidth - .5, 0); pen.lineTo(labelWidth - .5, view.height); pen.stroke();
}
/** The whole run below the diagram, and which part of it the diagram shows. */
function drawOverview() {
  const target = $("overview"), w = target.clientWidth, h = target.clientHeight, p = sharp(target, w, h);
  const rows = names.length, unit = (w - 12) / Math.max(1, width), x = id => 6 + place[id] * unit, y = process => 6 + (h - 12) * (process + .5) / rows;
  const thick = Math.max(1.5, Math.min(7, (h - 12) / rows * .62));
  data.bands.filter(band => band.kind === "partition").forEach(band => {
    p.globalAlpha = .14; p.fillStyle = colours.partition;
    p.fillRect(6 + placeOfTime(band.from) * unit, 2, Math.max(2, (placeOfTime(band.to) - placeOfTime(band.from)) * unit), h - 4);
  });
  p.globalAlpha = .5; p.fillStyle = colours.edge;
  for (let row = 0; row < rows; row++) p.fillRect(6, y(row) - .5, w - 12, 1);
  visible.forEach(id => {
    if (isFrame(points[id])) return;
    const kind = points[id].kind;
    p.globalAlpha = kind === "deliver" || kind === "broadcast" ? Math.max(.3, emphasis(id) * .75) : 1;
    p.fillStyle = colours[kind];
    p.fillRect(x(id) - .6, y(points[id].process) - thick / 2, notable.has(kind) ? 2.6 : 1.3, thick);
  });
  p.globalAlpha = 1; p.fillStyle = colours.bad;
  accused.forEach(id => { if (showsPoint(points[id])) { p.beginPath(); p.arc(x(id), y(points[id].process), 3.2, 0, 7); p.fill(); } });
  if (state.selected >= 0) { p.strokeStyle = colours.accent; p.lineWidth = 1.5; const at = 6 + placeOf(state.selected) * unit; p.beginPath(); p.moveTo(at, 1); p.lineTo(at, h - 1); p.stroke(); }
  const x1 = 6 + Math.max(0, state.left) / state.zoom * unit, x2 = Math.max(x1 + 5, 6 + Math.min(width, (state.left + room()) / state.zoom) * unit);
  if (x2 - x1 > w - 16) return;
  p.globalAlpha = .62; p.fillStyle = colours.back; p.fillRect(0, 0, x1, h); p.fillRect(x2, 0, w - x2, h);
  p.globalAlpha = .08; p.fillStyle = colours.accent; p.fillRect(x1, 1, x2 - x1, h - 2);
  p.globalAlpha = 1; p.strokeStyle = colours.accent; p.lineWidth = 1.5; box(p, x1, 1.5, x2 - x1, h - 3, 3); p.stroke();
}

/** The point under the pointer, or an arrow, or null. */
function under(x, y) {
  let best = null, least = 14;
  visible.forEach(id => {
    const point = points[id], far = Math.hypot(onScreen(place[id]) - x, rowY(point.process) - y);
    if (hidden(id) || (isFrame(point) && detail < .5)) return;
    const limit = isFrame(point) ? 6 : 14, score = isFrame(point) ? far + 4 : far;
    if (far < limit && score < least) { least = score; best = { point }; }
  });
  if (best || detail < .12) return best;
  least = 6;
  arrows.forEach(arrow => {
    if (!showsArrow(arrow) || hidden(arrow.from)) return;
    const { x1, y1, x2, y2 } = ends(arrow);
    if (x < Math.min(x1, x2) - 6 || x > Math.max(x1, x2) + 6 || y < Math.min(y1, y2) - 6 || y > Math.max(y1, y2) + 6) return;
    const length = (x2 - x1) ** 2 + (y2 - y1) ** 2 || 1, share = Math.max(0, Math.min(1, ((x - x1) * (x2 - x1) + (y - y1) * (y2 - y1)) / length));
    const far = Math.hypot(x - x1 - share * (x2 - x1), y - y1 - share * (y2 - y1));
    if (far < least) { least = far; best = { arrow }; }
  });
  if (best) return best;
  const band = data.bands.find(each => {
    const [x1, x2] = spanOf(each);
    return x >= x1 && x <= x2 && (each.kind === "partition" ? y < TOP + 2 : each.processes.some(process => Math.abs(y - rowY(process)) < 12));
  });
  return band ? { band } : null;
}
