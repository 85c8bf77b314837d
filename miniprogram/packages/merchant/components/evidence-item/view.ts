// What an item of evidence draws, and nothing that only code reads.
import { kindIcon } from '../../rules/evidence-title'
import type { EvidenceLine } from '../../rules/evidence-line'

export interface EvidenceRow {
  icon: string
  title: string
  /** when and how we know; on the timeline also who recorded it */
  facts: string[]
  /** only where somebody wrote something beside it */
  note?: string
  /** only where it has photos: what the button says, and which */
  photos?: { label: string; ids: string[] }
  /** only where it was withdrawn */
  withdrawn_text?: string
}

/** `full`: for the timeline. */
export function evidenceRow(line: EvidenceLine, full = false): EvidenceRow {
  const { kind, failed, title, relative, absolute, source, by, withdrawn_text, note, photo_ids, photos_text } = line
  const icon = failed ? 'fail' : kindIcon(kind)
  return {
    icon,
    title,
    facts: full ? [relative, absolute, source, by] : [relative, absolute, source],
    ...(note === null ? {} : { note }),
    ...(photos_text === null ? {} : { photos: { label: photos_text, ids: photo_ids } }),
    ...(withdrawn_text === null ? {} : { withdrawn_text }),
  }
}
