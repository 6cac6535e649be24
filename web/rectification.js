// What becomes of a concern of the sample's mid-term round, and how it is seen again at the end of the round after it.
import assert from 'node:assert/strict'
import { phone, sound, wide } from './browser.js'
import { go, named, press } from './steps.js'

const CONCERN = /劳动合同与人事档案/

/** Opens the item of the concern, and says what stands on its page. */
async function open(page, round) {
  await go(page, '/rectification')
  await page.locator('tbody tr', { hasText: round }).filter({ hasText: CONCERN }).getByRole('link').click()
  await page.locator('h1', { hasText: '整改事项' }).waitFor()
  return page.locator('main')
}

/** The evaluator makes the items of a round issued before they were made by themselves; the station plans one, claims too much and is sent back, claims again and is verified. */
export async function rectified(evaluator, manager) {
  await go(evaluator, '/rectification')
  await press(evaluator, evaluator.locator('form', { hasText: 'changgang-2024-mid' }).getByRole('button', { name: '建立整改事项' }))
  await open(manager, 'changgang-2024-mid')
  await manager.getByText('定计划').click()
  await manager.getByLabel('负责人').fill('示例督导')
  await manager.getByLabel('措施').fill('逐份清查劳动合同')
  await manager.getByLabel('完成期限').fill('2024-11-30')
  await press(manager, named(manager, '保存计划'))
  const claim = async (status, done) => {
    await manager.getByLabel(status, { exact: true }).check()
    await manager.getByLabel('做了什么').fill(done)
    await manager.getByLabel('凭证').fill('清查登记表')
    await manager.getByLabel('说明', { exact: true }).fill('逐人核对')
    await press(manager, named(manager, '报送'))
  }
  const settle = async (verdict, opinion) => {
    await open(evaluator, 'changgang-2024-mid')
    await evaluator.getByLabel(verdict).check()
    await evaluator.getByLabel('核实意见').fill(opinion)
    await press(evaluator, named(evaluator, '核实'))
  }
  await claim('已完成', '全部清查')
  assert.equal(await named(manager, '核实').count(), 0, 'nobody verifies what they claimed themselves')
  await settle('退回', '抽查仍有一人两份')
  const seen = await open(manager, 'changgang-2024-mid')
  assert.match(await seen.innerText(), /退回 1 次[^]*抽查仍有一人两份[^]*经过[^]*报送：已完成[^]*全部清查/)
  await claim('部分完成', '已逐份清查，旧合同待注明终止')
  await settle('属实', '清查属实')
  for (const viewport of [wide, phone]) {
    await evaluator.setViewportSize(viewport)
    await sound(evaluator)
  }
  await evaluator.setViewportSize(wide)
}

/** At the end of the next round the concern that came back is marked, with what was proposed and what became of it before. */
export async function comesBack(evaluator) {
  // The step that issued the report has made the items.
  await go(evaluator, '/rectification')
  assert.equal(await evaluator.getByRole('button', { name: '建立整改事项' }).count(), 0)
  const line = evaluator.locator('tbody tr', { hasText: 'changgang-2024-final' })
  assert.match(await line.innerText(), /承办机构[^]*2025-06-30[^]*再次出现/)
  await line.getByRole('link').click()
  await evaluator.locator('h1', { hasText: '整改事项' }).waitFor()
  assert.match(await evaluator.locator('main').innerText(), /以前提出过 1 次[^]*部分完成[^]*已逐份清查/)
  for (const viewport of [wide, phone]) {
    await evaluator.setViewportSize(viewport)
    await sound(evaluator)
  }
  await evaluator.setViewportSize(wide)
}
