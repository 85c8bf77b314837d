// What the app keeps with wx.setStorage: keys, bytes, and a person's hand to change or delete them.
import type { KeyValueStore } from '../wx/key-value-store.ts'
import { storageEntries, writeStorage, type StorageEntry } from '../wx/storage.ts'
import { bytesText, jsonLines, make } from './elements.ts'
import { find } from './find.ts'
import { bilingual, inEachLanguage, say } from './language.ts'

export class StorageView {
  private readonly list = find('storage-list')
  private store: KeyValueStore | undefined
  private open = false
  private drawing = false

  /** @param limit KB that the app may keep */
  constructor(
    private readonly limit: () => number,
    private readonly notice: (text: string) => void,
  ) {
    find('add-key').onclick = () => {
      this.list.prepend(this.editor({ key: '', bytes: 0, value: '' }))
      this.list.querySelector('input')?.focus()
    }
    inEachLanguage(() => this.draw())
  }

  show(store: KeyValueStore): void {
    this.store = store
    store.onChange = () => this.soon()
    this.draw()
  }

  setOpen(open: boolean): void {
    this.open = open
    this.draw()
  }

  /** Apps write several keys at once. */
  private soon(): void {
    if (this.drawing) return
    this.drawing = true
    requestAnimationFrame(() => {
      this.drawing = false
      // what a person is changing stays under their hands
      if (!this.list.querySelector('form')) this.draw()
    })
  }

  private draw(): void {
    if (!this.open || !this.store) return
    const entries = storageEntries(this.store).toSorted((one, other) => one.key.localeCompare(other.key))
    const used = bytesText(entries.reduce((sum, { bytes }) => sum + bytes, 0))
    find('storage-used').textContent = say(
      `${entries.length} 项，${used}，最多 ${bytesText(this.limit() * 1_024)}`,
      `${entries.length} keys, ${used} of ${bytesText(this.limit() * 1_024)}`,
    )
    this.list.replaceChildren(...entries.map(entry => this.line(entry)))
  }

  private line(entry: StorageEntry): HTMLElement {
    const edit = make('button', { type: 'button', className: 'quiet' })
    bilingual(edit, '编辑', 'Edit')
    edit.setAttribute('aria-label', say(`编辑 ${entry.key}`, `Edit ${entry.key}`))
    const remove = make('button', { type: 'button', className: 'quiet', onclick: () => this.write(entry.key, undefined) })
    bilingual(remove, '删除', 'Delete')
    remove.setAttribute('aria-label', say(`删除 ${entry.key}`, `Delete ${entry.key}`))
    const details = make(
      'details',
      {},
      make(
        'summary',
        {},
        make('b', { className: 'path', textContent: entry.key }),
        make('span', { className: 'number', textContent: bytesText(entry.bytes) }),
      ),
    )
    details.addEventListener(
      'toggle',
      () =>
        details.append(
          make(
            'div',
            { className: 'detail' },
            make('pre', { textContent: jsonLines(entry.value), tabIndex: 0 }),
            make('div', { className: 'row' }, edit, remove),
          ),
        ),
      { once: true },
    )
    edit.onclick = () => {
      const editor = this.editor(entry)
      details.replaceWith(editor)
      editor.querySelector('textarea')!.focus()
    }
    return details
  }

  private editor(entry: StorageEntry): HTMLFormElement {
    const key = make('input', { value: entry.key, required: true, autocomplete: 'off' })
    const value = make('textarea', { value: JSON.stringify(entry.value, null, 2) ?? '', rows: 6, spellcheck: false })
    key.setAttribute('aria-label', say('键', 'Key'))
    value.setAttribute('aria-label', say('值（JSON）', 'Value (JSON)'))
    const save = make('button', { type: 'submit', className: 'primary' })
    bilingual(save, '保存', 'Save')
    const form = make('form', { className: 'detail' }, key, value)
    const leave = () => {
      form.remove()
      this.draw()
    }
    const cancel = make('button', { type: 'button', onclick: leave })
    bilingual(cancel, '取消', 'Cancel')
    form.append(make('div', { className: 'row' }, save, cancel))
    form.addEventListener('keydown', event => {
      if (event.key === 'Escape') leave()
    })
    form.onsubmit = event => {
      event.preventDefault()
      let written: unknown
      try {
        written = JSON.parse(value.value)
      } catch (error) {
        return this.notice(say(`不是 JSON：${(error as Error).message}`, `This is no JSON: ${(error as Error).message}`))
      }
      this.notice('')
      form.remove()
      if (entry.key && entry.key !== key.value) this.write(entry.key, undefined)
      this.write(key.value, written)
    }
    return form
  }

  private write(key: string, value: unknown): void {
    if (this.store) writeStorage(this.store, key, value)
    this.draw()
  }
}
