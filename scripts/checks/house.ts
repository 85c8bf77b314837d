// Which words may stand where (the house rules no tool has; who may import whom is .dependency-cruiser.mjs). Each rule names its reason in the finding.
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
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
    because: 'Vant stands behind our own components in components/',
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
  {
    of: /^miniprogram\/(packages\/[a-z]+\/)?(rules|shared)\/.*\.ts$/,
    never: /\bwx\./,
    because: 'rules/ and shared/ are pure; the backend runs shared/, too',
  },
  {
    of: /^miniprogram\/.*\.ts$/,
    except: /^miniprogram\/(phone\/kept-as|stores\/storage-quota)\.ts$/,
    never: /\bstorage\.(get|set)[<(]/,
    because: 'what the phone keeps is read and written through the version of its shape: phone/kept-as.ts',
  },
  { of: /^miniprogram\/.*\.wxss$/, never: /:active\b/, because: 'WeChat wants hover-class' },
  { of: /^miniprogram\/.*\.wxss$/, never: /url\(\s*['"]?https?:/, because: 'nothing is loaded from a CDN' },
  {
    of: /^miniprogram\/(pages|packages|components|custom-tab-bar)\/.*\.(wxml|ts)$/,
    // rules read what people write; what customers read of a receipt is Chinese in the backend, too
    except: /^miniprogram\/(pages|packages)\/.*(\/words\/|[/.]words\.ts$|\/shared\/|\/rules(\/|\.ts$)|\/detail\/more\.ts$)/,
    never: /^(?!\s*(\/\/|\*|\/\*|<!--)).*[\u4e00-\u9fff]/m,
    because: 'copy lives in words/, in the words of its page, or in the table whose rows say it',
  },
  {
    of: /^miniprogram\/.*\.ts$/,
    never: /^(const|let) \{[^}]*\bsay\b[^}]*\} = preferences/m,
    because: 'preferences.say is of the language of the moment: taken once, a page stays in the language in which its code was loaded',
  },
  {
    of: /^(miniprogram|backend|dev)\/.*\.ts$/,
    // they count bytes, or cut what is ASCII
    except:
      /^(miniprogram\/(shared\/characters|rules\/utf8-length)|backend\/(link-check\/page|http\/cursor|directory\/imports\/(file|help))|dev\/demo\/random)\.ts$/,
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
  {
    of: /^test\/.*\.ts$/,
    // pictures and figures are made beside nothing else; another program's waiting has no other end
    except: /^test\/(bench|screens)\/|^test\/(simulator\/galleries\/gallery|backend\/receipts\/support\/customer)\.ts$/,
    never: /^(\s*\}|(before|after)All\(.*), (\d\d|[12]\d\d)_?000\)$|\{ timeout: [1-8]?\d_?\d{3}\b/m,
    because: 'a test ends by jest.config.mjs and test/support/eventually.ts, not by seconds of its own: on a busy machine they pass',
  },
]

export async function checkHouse(): Promise<string[]> {
  const findings: string[] = []
  for (const file of await projectFiles(/\.(ts|wxml|wxss|json)$/)) {
    const text = await readFile(join(root, file), 'utf8')
    for (const rule of rules) {
      if (!rule.of.test(file) || rule.except?.test(file)) continue
      const at = text.search(rule.never)
      if (at >= 0) findings.push(`${file}:${text.slice(0, at).split('\n').length}: ${rule.because}`)
    }
  }
  return findings
}
