// Draws the controls that another program offers, and sends what the person does with them.
import type { Control, Panel } from './companion.ts'
import { find } from './find.ts'

async function ask(path: string, init?: RequestInit): Promise<Panel> {
  const response = await fetch(path, init)
  const answer = (await response.json()) as Panel & { message?: string }
  if (!response.ok) throw new Error(answer.message ?? `${response.status}`)
  return answer
}

export class ControlsForm {
  constructor(private readonly notice: (text: string) => void) {}

  async load(): Promise<void> {
    await this.show(ask('/__controls'))
  }

  private send(id: string, value: unknown): void {
    void this.show(
      ask(`/__controls/${encodeURIComponent(id)}`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ value }),
      }),
    )
  }

  private async show(asked: Promise<Panel>): Promise<void> {
    try {
      const { controls } = await asked
      this.notice('')
      this.draw(controls)
    } catch (error) {
      this.notice((error as Error).message)
    }
  }

  private draw(controls: Control[]): void {
    const focused = document.activeElement?.id
    const actions = document.createElement('div')
    actions.className = 'actions'
    const drawn = controls.map(control => {
      if (control.type !== 'action') return this.field(control)
      const button = document.createElement('button')
      button.type = 'button'
      button.textContent = control.label
      button.title = control.help ?? ''
      button.onclick = () => this.send(control.id, control.value ?? null)
      actions.append(button)
      return undefined
    })
    find('controls').replaceChildren(...drawn.filter(element => element !== undefined), actions)
    if (focused) document.getElementById(focused)?.focus()
  }

  private field({ id, label, type, options, value, help }: Control): HTMLElement {
    const wrapper = document.createElement('label')
    wrapper.append(label)
    const field = document.createElement(type === 'select' ? 'select' : 'input')
    field.id = `control-${id}`
    if (field instanceof HTMLSelectElement) {
      for (const option of options ?? []) field.add(new Option(option.label, option.value))
    } else field.type = type === 'number' ? 'number' : 'text'
    field.value = String(value ?? '')
    field.onchange = () => this.send(id, type === 'number' ? Number(field.value) : field.value)
    wrapper.append(field)
    if (help) {
      const note = document.createElement('small')
      note.textContent = help
      wrapper.append(note)
    }
    return wrapper
  }
}
