/** An element of the phone page. @throws Error when page.html has none of that id */
export function find<E extends HTMLElement>(id: string): E {
  const element = document.getElementById(id)
  if (!element) throw new Error(`#${id} is not on the page`)
  return element as E
}
