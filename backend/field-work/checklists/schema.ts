// What staff are asked in a shop, as data with versions (product.md §10). A version that was published never changes.
import { Type, type Static } from 'typebox'
import { FieldError, Instant, nullable, SEEN } from '../../http/schema.ts'

const text = (maxLength: number) => Type.String({ minLength: 1, maxLength, pattern: SEEN })

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

/** PUT /checklist-templates/draft: the whole of it as it should be. It may have faults as long as it is not published. */
export const ChecklistContent = Type.Object(content, { additionalProperties: false, $id: 'ChecklistContent' })
export type ChecklistContent = Static<typeof ChecklistContent>

/** Ids of items, in the order of asking; `moved`: those that stay are asked in another order. */
export const ChecklistChanges = Type.Object({
  added: Type.Array(Type.String()),
  removed: Type.Array(Type.String()),
  changed: Type.Array(Type.String()),
  moved: Type.Boolean(),
})
export type ChecklistChanges = Static<typeof ChecklistChanges>

/** GET and PUT /checklist-templates/draft; the ETag is `version` */
export const ChecklistDraft = Type.Object(
  {
    /** of the draft, 0 where there never was one */
    version: Type.Integer(),
    /** false: nobody has begun one; `content` is the current version */
    begun: Type.Boolean(),
    content: ChecklistContent,
    /** the current version, and what the draft makes different of it */
    current_version: Type.Integer(),
    changes: ChecklistChanges,
    /** why it cannot be published: `field` as in content, `items.3.if.item` */
    faults: Type.Array(FieldError),
    /** what visits would no longer say, because no item is taken for it any more */
    facts_lost: Type.Array(ChecklistFact),
    /** ids that items of any version have had: a new item takes another, so that an old answer is never taken for it */
    used_ids: Type.Array(Type.String()),
    updated_at: nullable(Instant),
    updated_by: nullable(Type.String()),
  },
  { $id: 'ChecklistDraft' },
)
export type ChecklistDraft = Static<typeof ChecklistDraft>

/** POST /checklist-templates: the draft becomes the next version */
export const ChecklistPublication = Type.Object({ comment: Type.String({ minLength: 2, maxLength: 200 }) }, { additionalProperties: false })
export type ChecklistPublication = Static<typeof ChecklistPublication>

/** GET /checklist-templates, newest first */
export const ChecklistVersionList = Type.Object(
  {
    items: Type.Array(
      Type.Object({
        version: Type.Integer(),
        published_at: Instant,
        /** null: it came with the program */
        published_by: nullable(Type.String()),
        comment: nullable(Type.String()),
        item_count: Type.Integer(),
        /** against the version before; null for the first */
        changes: nullable(ChecklistChanges),
      }),
    ),
  },
  { $id: 'ChecklistVersionList' },
)
export type ChecklistVersionList = Static<typeof ChecklistVersionList>
