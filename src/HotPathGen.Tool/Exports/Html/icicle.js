// The tree of contexts as an icicle graph: a frame's width is what it and the frames under it recorded themselves. It is drawn
// on a canvas, without frames narrower than half a pixel: 20,000 contexts are a few thousand rectangles at most.
const rowHeight = 21;
const mostRows = 120;
const narrowest = 0.5;

function createIcicle({ host, crumbs, onChoose }) {
  let tree, size, root, childrenOf, parentOf, depthOf, operationOf, keys, layouts;
  grow();
  let metric = 'bytes', side = last, zoomed = root, cursor = root, chosenMethod = -2, operation = -1;
  let words = [], searched = null, drawn = [], view = { from: 0, to: 1 }, animation = 0, pointed = null;

  const canvas = element('canvas', {
    tabindex: '0', role: 'application', 'aria-roledescription': 'icicle graph', 'aria-label': 'Contexts: which hot method called which', 'aria-describedby': 'graph-help',
  });
  const tip = element('div', { class: 'tip', 'aria-hidden': 'true', hidden: '' });
  const scroll = element('div', { class: 'scroll' }, canvas);
  host.append(scroll, tip);
  canvas.addEventListener('mousemove', event => point(event));
  canvas.addEventListener('mouseleave', () => { tip.hidden = true; });
  canvas.addEventListener('click', event => { const node = nodeAt(event); if (node !== null) zoomTo(node); });
  canvas.addEventListener('keydown', steer);
  canvas.addEventListener('focus', () => draw());
  canvas.addEventListener('blur', () => draw());
  new ResizeObserver(() => draw()).observe(scroll);

  function grow() {
    tree = data.contexts;
    size = root = tree.method.length;
    childrenOf = Array.from({ length: size + 1 }, () => []);
    parentOf = tree.parent.map(parent => parent < 0 ? root : parent);
    parentOf.push(-1);
    for (let node = 0; node < size; node++)
      childrenOf[parentOf[node]].push(node);
    // A parent comes before its children in the list.
    depthOf = new Int32Array(size + 1);
    for (let node = 0; node < size; node++)
      depthOf[node] = parentOf[node] === root ? 1 : depthOf[parentOf[node]] + 1;
    operationOf = tree.operation.slice();
    for (let node = 0; node < size; node++)
      operationOf[node] = parentOf[node] === root ? operationOf[node] : operationOf[parentOf[node]];
    // Below the root, the same method may be there for each operation.
    keys = tree.method.map((method, node) => parentOf[node] === root ? `${keyOf(method)} ${data.operations[operationOf[node]]?.name ?? ''}` : keyOf(method));
    layouts = new Map();
  }

  // Where each frame begins and how wide it is, by metric, side and operation; computed when first shown.
  function layout() {
    const key = `${metric} ${side} ${operation}`;
    if (layouts.has(key))
      return layouts.get(key);
    const all = tree.sides[side][metric === 'time' ? 'selfNs' : 'selfBytes'];
    const self = operation < 0 ? all : all.map((value, node) => operationOf[node] === operation ? value : 0);
    const total = new Float64Array(size + 1);
    for (let node = size - 1; node >= 0; node--) {
      total[node] += self[node];
      total[parentOf[node]] += total[node];
    }
    const start = new Float64Array(size + 1);
    const children = childrenOf.map(list => list.filter(node => total[node] > 0).sort((a, b) => total[b] - total[a] || a - b));
    const pending = [root];
    while (pending.length > 0) {
      const node = pending.pop();
      let at = start[node];
      for (const child of children[node]) {
        start[child] = at;
        at += total[child];
        pending.push(child);
      }
    }
    const made = { self, total, start, children, all: total[root] || 1 };
    layouts.set(key, made);
    return made;
  }

  const format = value => metric === 'time' ? time(value / runsOf(side)) : bytes(value / runsOf(side));
  const callsOf = node => tree.sides[side].calls[node] / runsOf(side);
  const labelOf = node => node === root ? `all ${metric === 'time' ? 'self time' : 'bytes'}${operation < 0 ? '' : ` in ${data.operations[operation].name}`}` : shortNameOf(tree.method[node]);
  const isMatch = node => node !== root && searched !== null && tree.method[node] >= 0 && searched.has(tree.method[node]);

  // Both sides have figures in this place of the tree if both called the method through the same chain of calls.
  function drift(node) {
    const [before, after] = [0, 1].map(s => tree.sides[s][metric === 'time' ? 'selfNs' : 'selfBytes'][node] / data.sides[s].runs);
    return { before, after };
  }

  function fillOf(node, isDark) {
    if (node === root)
      return isDark ? '#3a3f49' : '#e4e0d8';
    if (isComparison) {
      const { before, after } = drift(node);
      const isDoubtful = before > 0 && after > 0 && data.methods[tree.method[node]]?.doubts?.[metric === 'time' ? 'selfNs' : 'selfBytes'];
      const strength = before === after || isDoubtful ? 0 : Math.min(1, Math.abs(after - before) / Math.max(before, after) + 0.15);
      const hue = after > before ? 6 : 150;
      return strength === 0 ? (isDark ? '#3d434d' : '#e3e1dc') : isDark ? `hsl(${hue} ${15 + 45 * strength}% ${27 + 6 * strength}%)` : `hsl(${hue} ${20 + 55 * strength}% ${88 - 14 * strength}%)`;
    }
    // One colour for a type: the methods of a class belong together.
    const name = nameOf(tree.method[node]);
    const type = name.slice(0, name.slice(0, name.search(/[(\s]|$/)).lastIndexOf('.'));
    let hash = 7;
    for (let i = 0; i < type.length; i++)
      hash = (hash * 31 + type.charCodeAt(i)) >>> 0;
    const spread = hash % 33;
    const hue = metric === 'time' ? 12 + spread : 172 + spread;
    return isDark ? `hsl(${hue} 42% ${27 + hash % 5 * 2}%)` : `hsl(${hue} ${metric === 'time' ? 78 : 44}% ${74 + hash % 5 * 2}%)`;
  }

  function draw() {
    const { total, start, children, all } = layout();
    const width = scroll.clientWidth;
    if (width === 0)
      return;
    const isDark = isDarkTheme();
    const span = view.to - view.from;
    const toX = value => (value / all - view.from) / span * width;
    const above = new Set(pathTo(zoomed).slice(0, -1));
    const rectangles = [], gathered = [];
    const pending = [root];
    let deepest = 0;
    while (pending.length > 0) {
      const node = pending.pop();
      const x = toX(start[node]), right = toX(start[node] + total[node]);
      if (right <= 0 || x >= width)
        continue;
      rectangles.push({ node, x: Math.max(0, x), right: Math.min(width, right), depth: depthOf[node] });
      deepest = Math.max(deepest, depthOf[node]);
      if (depthOf[node] + 1 >= mostRows)
        continue;
      const narrow = { node, x: 0, right: 0, depth: depthOf[node] + 1, count: 0 };
      for (const child of children[node]) {
        const childX = toX(start[child]), childRight = toX(start[child] + total[child]);
        if (childRight - childX >= narrowest) {
          pending.push(child);
        } else if (childRight > 0 && childX < width) {
          narrow.x = narrow.count === 0 ? childX : narrow.x;
          narrow.right = childRight;
          narrow.count++;
        }
      }
      if (narrow.right - narrow.x >= 1) {
        gathered.push(narrow);
        deepest = Math.max(deepest, narrow.depth);
      }
    }
    drawn = rectangles;

    const height = (deepest + 1) * rowHeight + 1;
    const ratio = window.devicePixelRatio || 1;
    canvas.width = Math.round(width * ratio);
    canvas.height = Math.round(height * ratio);
    canvas.style.height = height + 'px';
    const context = canvas.getContext('2d');
    context.scale(ratio, ratio);
    context.font = `12px ${getComputedStyle(document.body).fontFamily}`;
    context.textBaseline = 'middle';
    const ink = isDark ? '#f1efe9' : '#23272d';
    for (const { node, x, right, depth } of rectangles) {
      const y = depth * rowHeight, visible = right - x;
      const isFaded = searched !== null && !isMatch(node) || above.has(node);
      context.globalAlpha = isFaded ? 0.42 : 1;
      context.fillStyle = isMatch(node) ? (isDark ? '#9a6bd0' : '#d3b4f2') : fillOf(node, isDark);
      context.fillRect(x, y, Math.max(0.5, visible - (visible > 3 ? 1 : 0)), rowHeight - 1);
      if (visible > 34) {
        context.fillStyle = ink;
        context.save();
        context.beginPath();
        context.rect(x, y, visible - 4, rowHeight);
        context.clip();
        context.fillText(fit(context, labelOf(node), visible - 10), x + 6, y + rowHeight / 2);
        context.restore();
      }
      const isOutlined = node === cursor && document.activeElement === canvas;
      if (isOutlined || node !== root && tree.method[node] === chosenMethod && visible > 2) {
        context.globalAlpha = 1;
        context.strokeStyle = ink;
        context.lineWidth = isOutlined ? 2 : 1;
        context.strokeRect(x + 1, y + 1, Math.max(1, visible - 3), rowHeight - 3);
      }
    }
    context.globalAlpha = 0.5;
    context.fillStyle = isDark ? '#565c66' : '#c9c5bd';
    for (const { x, right, depth } of gathered)
      context.fillRect(Math.max(0, x), depth * rowHeight, Math.min(width, right) - Math.max(0, x), rowHeight - 1);
    context.globalAlpha = 1;
    Object.assign(canvas.dataset, {
      contexts: size, drawn: rectangles.length, gathered: gathered.length, metric, zoom: labelOf(zoomed), cursor: labelOf(cursor),
      matches: rectangles.filter(rectangle => isMatch(rectangle.node)).length,
    });
  }

  function fit(context, text, width) {
    if (context.measureText(text).width <= width)
      return text;
    let end = Math.floor(text.length * width / context.measureText(text).width);
    while (end > 0 && context.measureText(text.slice(0, end) + '…').width > width)
      end--;
    return end < 2 ? '' : text.slice(0, end) + '…';
  }

  function nodeAt(event) {
    const box = canvas.getBoundingClientRect();
    const x = event.clientX - box.left, depth = Math.floor((event.clientY - box.top) / rowHeight);
    return drawn.find(r => r.depth === depth && r.x <= x && x < r.right)?.node ?? null;
  }

  function lines(node) {
    const { self, total, all } = layout();
    const noun = metric === 'time' ? 'time' : 'allocated';
    const text = [`${noun} with what it called ${format(total[node])}${perRun} (${percent(total[node] / all)})`];
    if (node !== root) {
      text.push(`itself ${format(self[node])}, ${count(callsOf(node))} call(s)${perRun}`);
      if (isComparison) {
        const { before, after } = drift(node);
        const unit = metric === 'time' ? time : bytes;
        text.push(`itself, base → new: ${unit(before)} → ${unit(after)} per run`);
      }
    }
    return text;
  }

  function point(event) {
    const node = nodeAt(event);
    pointed = event;
    tip.hidden = node === null;
    if (node === null)
      return;
    tip.replaceChildren(element('b', {}, node === root ? labelOf(root) : nameOf(tree.method[node])), ...lines(node).flatMap(line => [element('span', {}, line), element('br')]));
    const box = host.getBoundingClientRect();
    tip.style.left = Math.min(event.clientX - box.left + 14, box.width - tip.offsetWidth - 4) + 'px';
    tip.style.top = event.clientY - box.top + 18 + 'px';
  }

  function zoomTo(node) {
    zoomed = cursor = node;
    tip.hidden = true;
    moveTo(viewOf(node));
    drawCrumbs();
    if (node !== root && tree.method[node] >= 0)
      onChoose(tree.method[node]);
    announce(`Zoomed to ${labelOf(node)}: ${lines(node).join(', ')}`);
  }

  function viewOf(node) {
    const { total, start, all } = layout();
    return node === root || total[node] === 0 ? { from: 0, to: 1 } : { from: start[node] / all, to: (start[node] + total[node]) / all };
  }

  function moveTo(target) {
    cancelAnimationFrame(animation);
    const from = { ...view }, began = performance.now();
    if (matchMedia('(prefers-reduced-motion: reduce)').matches) {
      view = target;
      draw();
      return;
    }
    const step = now => {
      const done = Math.min(1, Math.max(0, now - began) / 180);
      const eased = 1 - (1 - done) ** 3;
      view = { from: from.from + (target.from - from.from) * eased, to: from.to + (target.to - from.to) * eased };
      draw();
      if (done < 1)
        animation = requestAnimationFrame(step);
    };
    animation = requestAnimationFrame(step);
  }

  function pathTo(node) {
    const path = [];
    for (let at = node; at >= 0; at = at === root ? -1 : parentOf[at])
      path.unshift(at);
    return path;
  }

  function drawCrumbs() {
    const path = pathTo(zoomed);
    const shown = path.length > 9 ? [path[0], null, ...path.slice(-7)] : path;
    renew(crumbs, [...shown.flatMap((node, i) => [
      i > 0 ? element('span', { 'aria-hidden': 'true' }, '›') : null,
      node === null ? element('span', {}, '…')
        : node === zoomed ? element('span', { 'aria-current': 'location' }, labelOf(node)) : element('button', { type: 'button', 'data-depth': depthOf[node], onclick: event => zoomTo(pathTo(zoomed)[event.currentTarget.dataset.depth]) }, labelOf(node)),
    ]), element('span', { class: 'found', role: 'status' }, foundText())]);
  }

  // What is under a match counts once, even if the method is also within itself.
  function foundText() {
    if (searched === null)
      return '';
    const { total, all, children } = layout();
    let value = 0, frames = 0;
    const pending = [[root, false]];
    while (pending.length > 0) {
      const [node, isCounted] = pending.pop();
      const matches = isMatch(node);
      frames += matches ? 1 : 0;
      value += matches && !isCounted ? total[node] : 0;
      for (const child of children[node])
        pending.push([child, isCounted || matches]);
    }
    return `${grouped.format(frames)} frame(s) match: ${format(value)}, ${percent(value / all)} with what they called`;
  }

  function steer(event) {
    const { children, total } = layout();
    const parent = cursor === root ? root : parentOf[cursor];
    const siblings = cursor === root ? [root] : children[parent];
    const place = siblings.indexOf(cursor);
    const target = {
      ArrowDown: () => children[cursor][0] ?? cursor,
      ArrowUp: () => parent,
      ArrowLeft: () => siblings[Math.max(0, place - 1)],
      ArrowRight: () => siblings[Math.min(siblings.length - 1, place + 1)],
    }[event.key];
    if (target) {
      cursor = target();
      announce(`${labelOf(cursor)}: ${lines(cursor).join(', ')}`);
      reveal();
      draw();
    } else if (event.key === 'Enter' || event.key === ' ') {
      zoomTo(cursor);
    } else if (event.key === 'Escape' || event.key === 'Backspace') {
      zoomTo(zoomed === root ? root : parentOf[zoomed]);
    } else if (event.key === 'Home') {
      zoomTo(root);
    } else {
      return;
    }
    event.preventDefault();

    // If the cursor is outside the zoomed part, zooms to the cursor.
    function reveal() {
      const { start, all } = layout();
      if (start[cursor] / all < view.from - 1e-9 || (start[cursor] + total[cursor]) / all > view.to + 1e-9) {
        zoomed = cursor;
        view = viewOf(cursor);
        drawCrumbs();
      }
      const y = depthOf[cursor] * rowHeight;
      if (y < scroll.scrollTop || y + rowHeight > scroll.scrollTop + scroll.clientHeight)
        scroll.scrollTop = y - rowHeight;
    }
  }

  function findMatches() {
    searched = words.length === 0 ? null : new Set(data.methods.flatMap((method, i) => words.every(word => method.name.toLowerCase().includes(word)) ? [i] : []));
  }

  function nodeBy(path) {
    let node = root;
    for (const key of path) {
      const child = childrenOf[node].find(child => keys[child] === key);
      if (child === undefined)
        return node;
      node = child;
    }
    return node;
  }

  drawCrumbs();
  return {
    draw,
    reset: () => zoomTo(root),
    show(newMetric, newSide, newOperation = operation) {
      [metric, side, operation] = [newMetric, newSide, newOperation];
      if (layout().total[zoomed] === 0)
        zoomed = root;
      view = viewOf(zoomed);
      cursor = zoomed;
      drawCrumbs();
      draw();
    },
    choose(method) { chosenMethod = method; draw(); },
    search(text) {
      words = text.toLowerCase().split(/\s+/).filter(word => word);
      findMatches();
      drawCrumbs();
      draw();
    },
    // Shows newer figures. What was zoomed to stays, or the nearest of its callers that is still there.
    renew(method) {
      const [zoomedPath, cursorPath] = [zoomed, cursor].map(node => pathTo(node).slice(1).map(at => keys[at]));
      grow();
      zoomed = nodeBy(zoomedPath);
      cursor = nodeBy(cursorPath);
      chosenMethod = method;
      cancelAnimationFrame(animation);
      view = viewOf(zoomed);
      findMatches();
      drawCrumbs();
      draw();
      if (!tip.hidden)
        point(pointed);
    },
  };
}
