// Controls that another program offers for the phone page (option `controls`): passed through, and what they say of the phone is applied.
import type { PhoneSettings } from './settings.ts'

export interface Control {
  id: string
  label: string
  type: 'select' | 'text' | 'action' | 'number'
  options?: { value: string; label: string }[]
  value?: string | number
  help?: string
}

export interface Panel {
  controls: Control[]
  phone?: Partial<Pick<PhoneSettings, 'loginCode' | 'clockOffsetMs'>>
}

export class Companion {
  /** what it last said of the phone */
  private said: NonNullable<Panel['phone']> = {}

  constructor(
    private readonly url: string,
    private readonly apply: (change: Partial<PhoneSettings>) => Promise<unknown>,
  ) {}

  /** Applies what it says of the phone anew: what a person or a test set on the phone meanwhile is not set back by a mere look. */
  async read(): Promise<Panel> {
    const { said } = this
    const panel = await this.ask(this.url)
    const { loginCode, clockOffsetMs } = panel.phone ?? {}
    await this.apply({
      ...(loginCode === undefined || loginCode === said.loginCode ? {} : { loginCode }),
      ...(clockOffsetMs === undefined || clockOffsetMs === said.clockOffsetMs ? {} : { clockOffsetMs }),
    })
    return panel
  }

  /** @param value as the person set it; actions have none */
  async set(id: string, value: unknown): Promise<Panel> {
    const panel = await this.ask(`${this.url.replace(/\/$/, '')}/${encodeURIComponent(id)}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ value }),
    })
    await this.apply(this.said)
    return panel
  }

  private async ask(url: string, init?: RequestInit): Promise<Panel> {
    let response: Response
    try {
      response = await fetch(url, init)
    } catch (error) {
      throw new Error(
        `the controls at ${url} do not answer: ${((error as Error).cause as Error | undefined)?.message ?? (error as Error).message}`,
        { cause: error },
      )
    }
    const answer = (await response.json().catch(() => undefined)) as (Panel & { message?: string; detail?: string }) | undefined
    if (!response.ok || !answer)
      throw new Error(`the controls at ${url} answer ${response.status}${answer ? `: ${answer.detail ?? answer.message ?? ''}` : ''}`)
    const { loginCode, clockOffsetMs } = answer.phone ?? {}
    this.said = { ...(loginCode === undefined ? {} : { loginCode }), ...(clockOffsetMs === undefined ? {} : { clockOffsetMs }) }
    return answer
  }
}
