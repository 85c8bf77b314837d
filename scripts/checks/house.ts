// Who may import whom, and which words may stand where (the house rules no tool has). Each rule names its reason in the finding.
import { readFile } from 'node:fs/promises'
import { dirname, join, relative, resolve } from 'node:path'
import { projectFiles, root } from './files.ts'

interface Rule {
  /** files it speaks of */
  of: RegExp
  except?: RegExp
  /** what may not stand there */
  never: RegExp
  because: string
}

const rules: Rule[] = [
  {
    of: /^miniprogram\/.*\.ts$/,
    except: /^miniprogram\/api\/request\.ts$/,
    never: /\bwx\.(request|uploadFile|downloadFile)\b/,
    because: 'the network belongs to miniprogram/api/request.ts',
  },
  {
    of: /^miniprogram\/.*\.(json|ts)$/,
    except: /^miniprogram\/components\//,
    never: /["'](@vant\/weapp|\/?miniprogram_npm\/@vant)/,
    because: 'Vant stands behind our own components',
  },
  {
    of: /^miniprogram\/.*\.ts$/,
    never: /\bgetSystemInfo(Sync|Async)?\b/,
    because: 'deprecated: use getWindowInfo, getAppBaseInfo, getDeviceInfo',
  },
  {
    of: /^miniprogram\/.*\.ts$/,
    except: /^miniprogram\/behaviors\/navigation\.ts$/,
    never: /\bwx\.(navigateTo|redirectTo|navigateBack|reLaunch|switchTab)\b/,
    because: 'behaviors/navigation.ts opens one page for two taps, replaces at the tenth, and says what failed',
  },
  {
    of: /^miniprogram\/.*\.ts$/,
    except: /^miniprogram\/(behaviors\/telling|phone\/platform-camera)\.ts$/,
    never: /\bwx\.(showModal|showToast|showActionSheet|setClipboardData|previewImage|openPrivacyContract)\b/,
    because: 'behaviors/telling.ts says what failed, and knows what fits on a button',
  },
  { of: /^miniprogram\/domain\/.*\.ts$/, never: /\bwx\./, because: 'domain/ is pure and shared with the backend' },
  {
    of: /^miniprogram\/.*\.ts$/,
    except: /^miniprogram\/(phone\/kept-as|stores\/storage-room)\.ts$/,
    never: /\bstorage\.(get|set)[<(]/,
    because: 'what the phone keeps is read and written through the version of its shape: phone/kept-as.ts',
  },
  { of: /^miniprogram\/.*\.wxss$/, never: /:active\b/, because: 'WeChat wants hover-class' },
  { of: /^miniprogram\/.*\.wxss$/, never: /url\(\s*['"]?https?:/, because: 'nothing is loaded from a CDN' },
  {
    of: /^miniprogram\/(pages|packages|components|custom-tab-bar)\/.*\.(wxml|ts)$/,
    // rules read what people write
    except: /^miniprogram\/(pages|packages)\/.*(\/words\/|\/words\.|[/.](zh-CN|en)\.ts$|\/rules(\/|\.ts$))/,
    never: /^(?!\s*(\/\/|\*|\/\*|<!--)).*[\u4e00-\u9fff]/m,
    because: 'copy lives in words/, or in the words of its page',
  },
  {
    of: /^(miniprogram|backend|dev)\/.*\.ts$/,
    // they count bytes, or cut what is ASCII
    except:
      /^(miniprogram\/(shared\/characters|rules\/utf8-length)|backend\/(link-check\/page|http\/cursor|directory\/imports\/file)|dev\/demo\/random)\.ts$/,
    never:
      /\b(text|note|reason|comment|query|search|typed|folded|title|label|address|\w+_name|(?<![.\w])name)[!?]?(\.trim\(\))?\??\.((slice|substring|substr|charAt|charCodeAt|padEnd)\(|length\b|split\(''\))/,
    because: 'text of people is counted and cut by shared/characters: a UTF-16 unit may be half a character',
  },
  {
    of: /^test\/.*\.ts$/,
    // what needs a program that npm lacks says that it was skipped
    except: /^test\/backend\/deploy\/(proxy|pooler)\.test\.ts$/,
    never: /\b(it|test|describe)\.(only|skip|todo)\b/,
    because: 'every test runs',
  },
]

/** Direction of imports: from (a folder) may not reach to (a folder). */
const directions: { from: RegExp; to: RegExp; except?: RegExp; because: string }[] = [
  { from: /^miniprogram\/shared\//, to: /^(?!miniprogram\/shared\/|typings\/)/, because: 'shared/ imports nothing but itself and types' },
  {
    from: /^miniprogram\/rules\//,
    to: /^(?!miniprogram\/(shared|rules)\/|miniprogram\/words\/say\.ts|typings\/)/,
    because: 'rules import nothing but rules and types',
  },
  {
    from: /^miniprogram\/api\//,
    to: /^miniprogram\/(phone|stores|behaviors|components|pages|packages)\//,
    because: 'api/ knows nothing of what is above it',
  },
  {
    from: /^miniprogram\/phone\//,
    to: /^miniprogram\/(stores|behaviors|components|pages|packages)\//,
    because: 'phone/ knows nothing of what is above it',
  },
  {
    from: /^miniprogram\/stores\/(?!create\.ts)/,
    to: /^miniprogram\/(behaviors|components|pages|packages)\//,
    because: 'stores know nothing of pages',
  },
  {
    from: /^miniprogram\/stores\//,
    to: /^miniprogram\/(behaviors|components|packages|pages\/[a-z-]+\/index)/,
    because: 'stores know nothing of pages',
  },
  {
    from: /^miniprogram\/components\//,
    to: /^miniprogram\/(pages|packages|stores|api|phone)\//,
    because: 'components get properties and send events',
  },
  {
    from: /^miniprogram\/(pages|packages\/[a-z-]+)\/[a-z-]+\/(?<!\/(stores|words)\/)index\.ts$/,
    to: /^miniprogram\/api\//,
    because: 'pages go through stores',
  },
  {
    from: /^miniprogram\/(pages|packages)\/.*\/(stores\/.*|store)\.ts$/,
    to: /^miniprogram\/(behaviors|components|custom-tab-bar|(pages|packages\/[a-z-]+)\/(?!stores\/|words\/)[a-z-]+\/index)/,
    because: 'stores know nothing of pages',
  },
  {
    from: /^miniprogram\//,
    to: /^(?!miniprogram\/|typings\/|node_modules\/)/,
    because: 'the app imports nothing outside miniprogram/ but types',
  },
  {
    from: /^backend\//,
    to: /^(miniprogram\/(?!shared\/)|dev\/|simulator\/|test\/|scripts\/)/,
    because: 'the backend shares miniprogram/shared and nothing else',
  },
  {
    from: /^backend\/.*schema\.ts$/,
    to: /^(?!backend\/([a-z-]+\/)+schema\.ts$|miniprogram\/shared\/|node_modules\/typebox)/,
    because: 'schema.ts is imported by the app for its types: TypeBox and other schemas only',
  },
  {
    from: /^backend\/(?!controls\/|wechatpay\/)/,
    to: /^backend\/wechatpay\/gold-plan\.ts$/,
    because: 'controls/ is the only caller of the gold plan',
  },
  { from: /^simulator\//, to: /^(backend|dev|miniprogram|test|scripts)\//, because: 'the simulator knows nothing of this app' },
]

const importPattern =
  /(?:^|\n)\s*(?:import|export)\s(?:[^'"]*?\sfrom\s)?['"]([^'"]+)['"]|\bimport\(\s*['"]([^'"]+)['"]\s*\)|\brequire\(\s*['"]([^'"]+)['"]\s*\)/g

function importsOf(file: string, text: string): string[] {
  return [...text.matchAll(importPattern)].map(match => {
    const specifier = (match[1] ?? match[2] ?? match[3])!
    if (specifier.startsWith('.')) return relative(root, resolve(root, dirname(file), specifier))
    return `node_modules/${specifier}`
  })
}

/** Everything that backend/main.ts can reach, to prove that dev/ is not part of it. */
function reachable(from: string, imports: Map<string, string[]>): Set<string> {
  const seen = new Set<string>()
  const walk = (file: string) => {
    if (seen.has(file)) return
    seen.add(file)
    for (const next of imports.get(file) ?? []) walk(imports.has(next) ? next : `${next}.ts`)
  }
  walk(from)
  return seen
}

export async function checkHouse(): Promise<string[]> {
  const findings: string[] = []
  const imports = new Map<string, string[]>()
  for (const file of await projectFiles(/\.(ts|wxml|wxss|json)$/)) {
    const text = await readFile(join(root, file), 'utf8')
    for (const rule of rules) {
      if (!rule.of.test(file) || rule.except?.test(file)) continue
      const at = text.search(rule.never)
      if (at >= 0) findings.push(`${file}:${text.slice(0, at).split('\n').length}: ${rule.because}`)
    }
    if (!file.endsWith('.ts')) continue
    const targets = importsOf(file, text)
    imports.set(file, targets)
    for (const { from, to, except, because } of directions) {
      if (!from.test(file)) continue
      for (const target of targets) {
        const local = target.startsWith('node_modules/') ? target : target.replace(/(?<!\.ts)$/, target.endsWith('.ts') ? '' : '.ts')
        if (
          to.test(local) &&
          !except?.test(local) &&
          !(from.source.startsWith('^miniprogram\\/shared') && local.startsWith('node_modules/'))
        )
          findings.push(`${file}: imports ${target}: ${because}`)
      }
    }
  }
  for (const file of reachable('backend/main.ts', imports))
    if (file.startsWith('dev/')) findings.push(`backend/main.ts reaches ${file}: nothing of dev/ ships`)
  return findings
}
