// Where things are: which events are visible, their places along the run, and the part of it that the window shows.

const state = {
  arrows: new Set(["data", "relay"]), events: new Set(Object.keys(eventKinds)), message: "",
  spacing: "even", zoom: 1, left: 0, top: 0, selected: -1, curtain: false, past: null, future: null, allFrames: true, whole: true,
};
if (!arrows.some(arrow => arrow.kind === "data" || arrow.kind === "relay")) arrows.forEach(arrow => state.arrows.add(arrow.kind));

const TOP = 44, BOTTOM = 14, EVENT_GAP = 27, FRAME_GAP = 7;
/** Microseconds within which what a process does counts as done at once. */
const TURN = 20;
const place = new Float64Array(points.length);
let visible = [], width = 1, labelWidth = 64, rowHeight = 80, view = { width: 1, height: 1 };

const showsArrow = arrow => state.arrows.has(arrow.kind) && (!state.message || arrow.messages.includes(state.message));
function showsPoint(point) {
  if (isFrame(point)) return showsArrow(frameOf(point));
  if (groupOf[point.kind] && !state.events.has(groupOf[point.kind])) return false;
  return !state.message || point.message === state.message || (!point.message && notable.has(point.kind));
}

function layOut() {
  visible = points.filter(showsPoint).map(point => point.id);
  place.fill(0);
  if (logical) {
    visible.forEach(id => { place[id] = points[id].at * EVENT_GAP; });
    if (state.message) closeUp();
  } else if (state.spacing === "linear") {
    const first = points.length ? points[0].at : 0, unit = 900 / Math.max(1, data.end - first);
    visible.forEach(id => { place[id] = (points[id].at - first) * unit; });
  } else {
    byEvent();
  }
  width = state.spacing === "linear" ? 900 : (visible.length ? place[visible[visible.length - 1]] : 0) + 44;
  if (logical) width = visible.reduce((most, id) => Math.max(most, place[id]), 0) + 44;
  if (missing.length && state.spacing !== "linear") width += 40;
}
/** Each event has room on its line; what one turn does at once stands together; long silences are shortened. */
function byEvent() {
  const lastAt = new Array(names.length).fill(-1e9), lastX = new Array(names.length).fill(-1e9), lastBig = new Array(names.length).fill(-1e9);
  const broadcasts = new Map(); // The latest of each process, from which its frames leave.
  const generous = visible.length < 150 ? 2 : visible.length < 500 ? 1.4 : 1;
  let x = 0, previous = -1;
  visible.forEach(id => {
    const point = points[id], line = point.process, frame = isFrame(point);
    if (previous >= 0 && point.at > previous) x += Math.min(60 * generous, 5 + 6 * generous * Math.log2(1 + (point.at - previous) / 150));
    previous = point.at;
    const together = point.at - lastAt[line] <= TURN;
    let own = together ? lastX[line] : Math.max(x, lastX[line] + FRAME_GAP);
    const broadcast = point.kind === "frame-sent" ? broadcasts.get(line) : undefined;
    if (broadcast !== undefined && point.at - points[broadcast].at <= TURN && frameOf(point).messages.includes(points[broadcast].message)) {
      place[id] = place[broadcast];
      return;
    }
    if (!frame) {
      own = Math.max(own, lastBig[line] + EVENT_GAP);
      lastBig[line] = own;
      if (point.kind === "broadcast") broadcasts.set(line, id);
    }
    // What comes after it stands no further left: causes are left of their effects.
    if (own > x) x = own;
    place[id] = own;
    lastAt[line] = point.at;
    lastX[line] = own;
  });
}
/** Of a logical run only what is visible, without the holes that the rest leaves. */
function closeUp() {
  const used = [...new Set(visible.map(id => points[id].at))].sort((a, b) => a - b);
  const rank = new Map(used.map((at, index) => [at, index]));
  visible.forEach(id => { place[id] = rank.get(points[id].at) * EVENT_GAP * 1.6; });
}

function placeOfTime(at) {
  const ids = visible;
  if (!ids.length) return 0;
  if (state.spacing === "linear") return (at - points[0].at) * 900 / Math.max(1, data.end - points[0].at);
  let low = 0, high = ids.length - 1;
  if (at <= points[ids[0]].at) return place[ids[0]] - (points[ids[0]].at - at > 0 ? 12 : 0);
  if (at >= points[ids[high]].at) {
    const last = points[ids[high]].at, end = Math.max(data.end, last + 1);
    return place[ids[high]] + (width - place[ids[high]]) * Math.min(1, (at - last) / (end - last));
  }
  while (high - low > 1) {
    const middle = (low + high) >> 1;
    if (points[ids[middle]].at <= at) low = middle; else high = middle;
  }
  const a = points[ids[low]], b = points[ids[high]];
  return place[a.id] + (b.at === a.at ? 0 : (place[b.id] - place[a.id]) * (at - a.at) / (b.at - a.at));
}
/** Of a point that is not visible, its place between those that are. */
const placeOf = id => showsPoint(points[id]) ? place[id] : placeOfTime(points[id].at);

const onScreen = x => labelWidth + 14 + x * state.zoom - state.left;
const rowY = process => TOP + rowHeight * (process + .5) - state.top;
const room = () => view.width - labelWidth - 14;

function measure() {
  const stage = $("stage");
  view = { width: stage.clientWidth, height: stage.clientHeight };
  rowHeight = Math.max(34, Math.min(168, (view.height - TOP - BOTTOM) / names.length));
}
function keepInside() {
  const furthest = Math.max(0, width * state.zoom - room() + 24);
  state.left = Math.max(-24, Math.min(state.left, furthest));
  state.top = Math.max(0, Math.min(state.top, TOP + rowHeight * names.length + BOTTOM - view.height));
}
function zoomTo(zoom, at) {
  const pivot = at === undefined ? labelWidth + room() / 2 : at, x = (state.left + pivot - labelWidth - 14) / state.zoom;
  state.whole = false;
  state.zoom = Math.max(Math.min(1, room() / width) * .8, Math.min(400, zoom));
  state.left = x * state.zoom - pivot + labelWidth + 14;
  draw();
}
function fit() {
  state.zoom = Math.min(state.spacing === "linear" ? 1e9 : 3, (room() - 24) / width);
  state.left = -8;
  state.whole = true;
  draw();
}
function bringIntoView(id) {
  const x = onScreen(placeOf(id)), y = rowY(points[id].process);
  if (x < labelWidth + 50 || x > view.width - 70) state.left += x - labelWidth - room() / 2;
  if (y < TOP + 20 || y > view.height - 30) state.top += y - view.height / 2;
}
