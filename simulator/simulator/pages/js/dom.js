// Making elements. Text only ever becomes text nodes; nothing here parses HTML.

const SVG = 'http://www.w3.org/2000/svg'

export function el(tag, properties = {}, ...children) {
  const element = document.createElement(tag)
  apply(element, properties)
  element.append(...children.flat().filter((child) => child !== null && child !== undefined && child !== false))
  return element
}

export function svg(tag, attributes = {}, ...children) {
  const element = document.createElementNS(SVG, tag)
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value)
  element.append(...children)
  return element
}

function apply(element, properties) {
  for (const [name, value] of Object.entries(properties)) {
    if (value === null || value === undefined || value === false) continue
    if (name === 'class') element.className = value
    else if (name === 'data') Object.assign(element.dataset, value)
    else if (name.startsWith('on')) element.addEventListener(name.slice(2), value)
    else if (name in element && name !== 'list') element[name] = value
    else element.setAttribute(name, value === true ? '' : value)
  }
}

export function replace(parent, ...children) {
  parent.replaceChildren(...children.flat().filter(Boolean))
}
