// What staff are asked in a shop, as data with versions (product.md §10). A version that was published never changes.
import { Type, type Static } from 'typebox'
import { Instant } from '../../http/schema.ts'

const text = (maxLength: number) => Type.String({ minLength: 1, maxLength })

export const ItemType = Type.Union([
  Type.Literal('bool'),
  Type.Literal('single'),
  Type.Literal('multi'),
  Type.Literal('text'),
  Type.Literal('number'),
  Type.Literal('photo'),
])
export type ItemType = Static<typeof ItemType>

/** What an answer is taken for when the visit arrives: evidence comes from these, whatever the item is called (field-work/visits/conclude.ts). */
export const ChecklistFact = Type.Union([
  Type.Literal('entries'),
  Type.Literal('web_page'),
  Type.Literal('all_entries_checked'),
  Type.Literal('gold_plan_open'),
  Type.Literal('payment'),
  Type.Literal('payee'),
  Type.Literal('after_page'),
  Type.Literal('payment_photo'),
  Type.Literal('refunded'),
  Type.Literal('ready_seconds'),
])
export type ChecklistFact = Static<typeof ChecklistFact>

const ItemId = Type.String({ pattern: '^[A-Z][0-9]{1,2}[a-z]?$' })
const OptionValue = Type.String({ pattern: '^[a-z][a-z0-9_]{0,31}$' })
const ConditionValue = Type.Union([Type.Boolean(), OptionValue])

/** The item is asked when an earlier one has this answer, or has another one than this. Not answered, or not asked itself: not asked. */
const ChecklistCondition = Type.Union([
  Type.Object({ item: ItemId, is: ConditionValue }, { additionalProperties: false }),
  Type.Object({ item: ItemId, is_not: ConditionValue }, { additionalProperties: false }),
])
type ChecklistCondition = Static<typeof ChecklistCondition>

const ChecklistOption = Type.Object({ value: OptionValue, label_zh: text(40), label_en: text(80) }, { additionalProperties: false })

export const ChecklistItem = Type.Object(
  {
    id: ItemId,
    /** id of a section */
    section: Type.String({ pattern: '^[A-Z]$' }),
    type: ItemType,
    required: Type.Boolean(),
    label_zh: text(60),
    label_en: text(120),
    help_zh: Type.Optional(text(60)),
    help_en: Type.Optional(text(120)),
    if: Type.Optional(ChecklistCondition),
    fact: Type.Optional(ChecklistFact),
    /** single, multi */
    options: Type.Optional(Type.Array(ChecklistOption, { minItems: 2, maxItems: 20 })),
    /** bool: no other answer lets the visit be sent */
    must_be_true: Type.Optional(Type.Boolean()),
    /** text: characters; number: the value; photo: how many */
    min: Type.Optional(Type.Integer({ minimum: 0, maximum: 1_000 })),
    max: Type.Optional(Type.Integer({ minimum: 0, maximum: 1_000 })),
    /** number: above it the app says so, and takes it */
    warn_above: Type.Optional(Type.Integer({ minimum: 0, maximum: 1_000 })),
    /** text: a mobile number in it is refused */
    no_phone_number: Type.Optional(Type.Boolean()),
  },
  { additionalProperties: false, $id: 'ChecklistItem' },
)
export type ChecklistItem = Static<typeof ChecklistItem>

const content = {
  title_zh: text(40),
  title_en: text(80),
  sections: Type.Array(
    Type.Object({ id: Type.String({ pattern: '^[A-Z]$' }), title_zh: text(40), title_en: text(80) }, { additionalProperties: false }),
    { minItems: 1, maxItems: 26 },
  ),
  /** in the order of asking */
  items: Type.Array(ChecklistItem, { minItems: 1, maxItems: 200 }),
}

/** GET /checklist-templates/current and /checklist-templates/{version} */
export const ChecklistTemplate = Type.Object(
  {
    template_id: Type.Literal('onboarding'),
    version: Type.Integer({ minimum: 1 }),
    ...content,
    published_at: Instant,
  },
  { $id: 'ChecklistTemplate' },
)
export type ChecklistTemplate = Static<typeof ChecklistTemplate>

/** PUT /checklist-templates/current: the whole of the next version. `version` is the current one + 1, so that nobody overwrites unseen. */
export const ChecklistTemplateRequest = Type.Object(
  { version: Type.Integer({ minimum: 2, maximum: 1_000_000 }), ...content },
  { additionalProperties: false, $id: 'ChecklistTemplateRequest' },
)
export type ChecklistTemplateRequest = Static<typeof ChecklistTemplateRequest>
