// How many loops fit on a wall, and how large. Pure: sizes in, sizes out.
//
// The rule: capitals of at least 16 minutes of arc (ISO 9241-3: "the minimum character height shall be 16
// minutes of arc"; 20 to 22 preferred) for who stands five metres away: 5 m · tan 16′ = 23.3 mm. A screen of
// 55 inches is 1,218 mm wide, so that is 1.91 % of its longer side; the capitals of Atkinson Hyperlegible Next
// are 0.668 of its size.
export const LEAST_SHARE = 0.0287; // the font size of a name, of the screen's longer side
export const MOST_SHARE = (LEAST_SHARE * 22) / 16; // 22 minutes: larger makes nothing clearer
// What a tile needs, in sizes of its name: a row of about thirteen letters, and one of cards and count.
const TILE_WIDTH = 6.9;
const TILE_HEIGHT = 2.1;

// The columns and rows that make `count` tiles largest in `width` × `height`. `unit` is the size of a name,
// never below `least`: rather than that, not all fit on one page.
export function fit(count, { width, height, gap }, least, most) {
  let best = { columns: 1, rows: 1, unit: 0 };
  for (let columns = 1; columns <= count; columns += 1) {
    const rows = Math.ceil(count / columns);
    const unit = Math.min(sideOf(width, columns, gap) / TILE_WIDTH, sideOf(height, rows, gap) / TILE_HEIGHT);
    if (unit > best.unit) {
      best = { columns, rows, unit };
    }
  }
  if (best.unit < least) {
    const columns = Math.max(1, Math.floor((width + gap) / (TILE_WIDTH * least + gap)));
    const rows = Math.max(1, Math.floor((height + gap) / (TILE_HEIGHT * least + gap)));
    best = { columns, rows, unit: least };
  }
  return { ...best, unit: Math.min(best.unit, most) };
}

const sideOf = (whole, parts, gap) => (whole - (parts - 1) * gap) / parts;

// Which tiles stand on which page, on each about as many. `pinned` says of each whether it stays on all of
// them; so many that no room is left for others turn like the rest.
export function pagesOf(pinned, room) {
  const all = pinned.map((_, index) => index);
  if (all.length <= room) {
    return [all];
  }
  const staying = all.filter((index) => pinned[index]);
  if (staying.length >= room) {
    return chunks([...staying, ...all.filter((index) => !pinned[index])], room);
  }
  const rest = chunks(all.filter((index) => !pinned[index]), room - staying.length);
  return rest.map((part) => [...staying, ...part]);
}

function chunks(list, most) {
  const pages = Math.ceil(list.length / most);
  const size = Math.ceil(list.length / pages);
  return Array.from({ length: pages }, (_, page) => list.slice(page * size, (page + 1) * size));
}
