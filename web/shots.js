// Pictures of the pages, to be held against the design: node shots.js FOLDER
import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { launch, open, phone, wide } from './browser.js'

const folder = process.argv[2] ?? 'shots'
const basis = 'station=changgang&as_of=2024-12-31'
const pages = {
  indicators: `/indicators?${basis}`,
  figures: `/figures?${basis}`,
  figure: `/figures/phone_visits?${basis}`,
  part: `/figures/home_visits?${basis}&scope=area:xiaogang&by=month`,
  derived: `/figures/staff.retention_percent?${basis}`,
  reports: `/reports?${basis}`,
  report: '/reports/changgang-2024-mid',
  missing: '/figures/phone_visit',
  'sign-in': '/sign-in',
  account: '/account',
  users: '/access',
  home: '/',
  today: '/today?worker=all',
  due: '/visits/due',
  schemes: '/evaluation',
  scheme: '/evaluation/schemes/guangzhou-2019',
  compare: '/evaluation/schemes/guangzhou-2024/compare?with=committees-2024',
  devices: '/app/devices',
  clients: '/clients',
  visits: '/visits',
  'new-visit': '/visits/visits/new',
  casework: '/casework',
  staff: '/staff',
  setup: '/setup',
  transfer: '/transfer',
  areas: '/areas',
}
const as = { devices: 'worker', 'sign-in': null, users: 'system_admin' }

mkdirSync(folder, { recursive: true })
const browser = await launch()
for (const [name, path] of Object.entries(pages)) {
  for (const viewport of [wide, phone]) {
    for (const colorScheme of ['light', 'dark']) {
      if (colorScheme === 'dark' && name !== 'indicators' && name !== 'figure') continue
      const { context, page } = await open(browser, path, { viewport, colorScheme, as: as[name] })
      const dark = colorScheme === 'dark' ? '-dark' : ''
      await page.screenshot({ path: join(folder, `${name}${dark}-${viewport.width}.png`), fullPage: name !== 'report' })
      await context.close()
    }
  }
}
await browser.close()
