// As much of a document as textmap.js reads: elements, text nodes, their order, ranges. Real selections in a real page are
// the browser tests' matter; here the arithmetic is tested on the same cases in milliseconds.

class Node {
  parentElement = null;
  childNodes = [];

  /** Child indexes from the root down. */
  get path() {
    return this.parentElement ? [...this.parentElement.path, this.parentElement.childNodes.indexOf(this)] : [];
  }

  contains(other) {
    return other === this || (other.parentElement !== null && this.contains(other.parentElement));
  }

  compareDocumentPosition(other) {
    if (other === this) return 0;
    if (this.contains(other)) return 16 | 4;
    if (other.contains(this)) return 8 | 2;
    const [here, there] = [this.path, other.path];
    const fork = here.findIndex((index, depth) => index !== there[depth]);
    return there[fork] < here[fork] ? 2 : 4;
  }
}

export class Text extends Node {
  nodeType = 3;

  constructor(data) {
    super();
    this.data = data;
  }
}

export class Element extends Node {
  nodeType = 1;

  constructor(attributes, ...children) {
    super();
    this.attributes = attributes;
    this.append(...children);
  }

  append(...children) {
    for (const child of children) {
      child.parentElement = this;
      this.childNodes.push(child);
    }
  }

  get dataset() {
    return { o: this.attributes['data-o'] };
  }

  hasAttribute(name) {
    return name in this.attributes;
  }

  getAttribute(name) {
    return this.attributes[name] ?? null;
  }

  closest(selector) {
    return this.hasAttribute(selector.slice(1, -1)) ? this : (this.parentElement?.closest(selector) ?? null);
  }

  querySelectorAll(selector) {
    return this.childNodes
      .filter((child) => child.nodeType === 1)
      .flatMap((child) => [...(child.hasAttribute(selector.slice(1, -1)) ? [child] : []), ...child.querySelectorAll(selector)]);
  }
}

/** A node from the vectors' notation: a string, or [tag, {o, skip}, ...children]. */
export function node(source) {
  if (typeof source === 'string') return new Text(source);
  const [, { o, skip }, ...children] = source;
  const attributes = { ...(o !== undefined && { 'data-o': String(o) }), ...(skip && { 'data-skip': '' }) };
  return new Element(attributes, ...children.map(node));
}

/** A page with the region between two other elements, set as the global document. */
export function open(blocks, language = 'en') {
  const region = new Element({ lang: language }, ...blocks.map(node));
  const [before, after] = [new Element({}, new Text('Head')), new Element({}, new Text('Foot'))];
  const root = new Element({}, before, region, after);
  globalThis.document = {
    querySelector: (selector) => (selector === '#article-text' ? region : null),
    createRange: () => ({
      setStart(container, offset) {
        Object.assign(this, { startContainer: container, startOffset: offset });
      },
      setEnd(container, offset) {
        Object.assign(this, { endContainer: container, endOffset: offset });
      },
    }),
  };
  return { region, before, after, root };
}

/** The boundary point [node, index] that a path of the vectors means. */
export function point(page, path) {
  const steps = path.slice(0, -1);
  const start = { before: page.before, after: page.after }[steps[0]];
  if (start) return [start, path.at(-1)];
  return [steps.reduce((parent, index) => parent.childNodes[index], page.region), path.at(-1)];
}
