// What people give an import instead of a table: told by its first bytes, whatever the file is called.

export interface OtherKind {
  /** 是… */
  is: string
  remedy: string
}

const openAndSave = '请在表格软件里打开，另存为“CSV UTF-8（逗号分隔）”'
const unpack = '请先解压，导入里面的 CSV 文件'
const notThisOne = '请选表格软件里另存的“CSV UTF-8（逗号分隔）”文件'

type Signature = readonly [bytes: string, is: string, remedy: string]
const signatures: readonly Signature[] = [
  ['\xd0\xcf\x11\xe0', '旧的 Excel 工作簿（.xls）', openAndSave],
  ['\x1f\x8b', '压缩文件（gzip）', unpack],
  ['Rar!', '压缩包（RAR）', unpack],
  ['7z\xbc\xaf', '压缩包（7z）', unpack],
  ['BZh', '压缩文件（bzip2）', unpack],
  ['\xfd7zXZ', '压缩文件（xz）', unpack],
  ['\x28\xb5\x2f\xfd', '压缩文件（zstd）', unpack],
  ['\x89PNG', '图片', notThisOne],
  ['\xff\xd8\xff', '图片', notThisOne],
  ['GIF8', '图片', notThisOne],
  ['RIFF', '图片或声音', notThisOne],
  ['%PDF', ' PDF', '请在表格软件里打开原来的表，另存为“CSV UTF-8（逗号分隔）”'],
  ['SQLite format 3', ' SQLite 数据库', notThisOne],
  ['{\\rtf', '文字文档（RTF）', '请把表格粘贴到表格软件里，另存为“CSV UTF-8（逗号分隔）”'],
  ['MIME-Version:', '网页（.mht）', openAndSave],
  ['ID;P', '符号链接表（SYLK）', openAndSave],
  ['bplist00', ' Apple 的设置文件', notThisOne],
]

/** By a name that stands in every one of its kind. */
const inArchives: readonly (readonly [name: string, kind: OtherKind])[] = [
  ['xl/', { is: ' Excel 工作簿（.xlsx）', remedy: openAndSave }],
  ['content.xml', { is: ' OpenDocument 表格（.ods）', remedy: openAndSave }],
  ['opendocument.spreadsheet', { is: ' OpenDocument 表格（.ods）', remedy: openAndSave }],
  ['.iwa', { is: ' Numbers 表格', remedy: '请在 Numbers 里打开，用“文件 › 导出为 › CSV”，编码选 UTF-8' }],
  ['word/', { is: ' Word 文档（.docx）', remedy: '请把表格粘贴到表格软件里，另存为“CSV UTF-8（逗号分隔）”' }],
  ['[Content_Types].xml', { is: ' Excel 工作簿（.xlsx）', remedy: openAndSave }],
]

function kindOfArchive(first: Buffer): OtherKind {
  const names = first.toString('latin1')
  const known = inArchives.find(([name]) => names.includes(name))?.[1]
  if (known) return known
  if (/\.(?:csv|txt|tsv)/i.test(names)) return { is: '压缩包（zip）', remedy: unpack }
  return { is: ' Excel 工作簿（.xlsx）或压缩包', remedy: `${openAndSave}；是压缩包就先解压` }
}

/** A text has no zero bytes; every second byte of a table in UTF-16 is one. @param first bytes of a file */
export function otherKind(first: Buffer): OtherKind | null {
  const beginning = first.subarray(0, 64).toString('latin1')
  if (beginning.startsWith('PK\x03\x04')) return kindOfArchive(first)
  const known = signatures.find(([bytes]) => beginning.startsWith(bytes))
  if (known) return { is: known[1], remedy: known[2] }
  const text = beginning.replace(/^\xEF\xBB\xBF/, '').trimStart()
  if (text.startsWith('<')) return { is: '网页或 XML（有的系统把它存成 .xls）', remedy: openAndSave }
  if (/^[{[]/.test(text)) return { is: ' JSON', remedy: openAndSave }
  const looked = first.subarray(0, 4_096)
  const zeros = looked.reduce((count, byte) => count + (byte === 0 ? 1 : 0), 0)
  return zeros > looked.length / 8 ? { is: ' UTF-16（“Unicode 文本”）或别的不是文字的文件', remedy: openAndSave } : null
}
