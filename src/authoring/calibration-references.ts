import type { CalibrationSource } from '../grading/calibration/anchors.ts'
import type { Rubric } from '../grading/rubric.ts'
import { didYouMean, list } from './nearest.ts'
import type { Report } from './problem.ts'
import type { Missing } from './references.ts'
import type { Source, Sources } from './sources.ts'

type Written = Source<CalibrationSource>
type AnchorSource = CalibrationSource['anchors'][number]
type Criteria = Rubric['criteria']

/** Reports what calibrations say of courses, modules and rubrics that is not so. */
export function checkCalibrations(sources: Sources, missing: Missing, report: Report) {
  const { calibrations, names } = sources
  for (const calibration of calibrations) {
    if (!names.courses.has(calibration.id))
      report(
        calibration.file,
        1,
        `there is no course '${calibration.id}' for this calibration`,
        didYouMean(calibration.id, names.courses),
      )
    else
      calibration.sound.anchors?.forEach((anchor, index) =>
        checkAnchor(calibration, anchor, index, sources, missing, report),
      )
  }
}

function checkAnchor(
  calibration: Written,
  anchor: AnchorSource,
  index: number,
  { modules, rubrics, names }: Sources,
  missing: Missing,
  report: Report,
) {
  const path = ['anchors', index, 'module']
  const id = `${calibration.id}/${anchor.module}`
  const beside = [...names.modules].filter(name => name.startsWith(`${calibration.id}/`))
  if (!names.modules.has(id)) {
    const slugs = beside.map(name => name.slice(calibration.id.length + 1))
    missing(calibration, path, 'module', anchor.module, slugs)
    return
  }
  // A module or a rubric that could not be read has been told of already.
  const module = modules.find(one => one.id === id)?.value
  if (module && !module.reflection)
    report(
      calibration.file,
      calibration.lineOf(path),
      `the module '${anchor.module}' has no reflection`,
      'Choose a module that asks a question.',
    )
  const criteria = rubrics.find(one => one.id === module?.reflection?.rubric)?.value?.criteria
  if (criteria) checkCriteria(calibration, anchor, index, criteria, missing, report)
}

/** Reports criteria that are left out or not known, in levels and in reasons, and levels that are not known. */
function checkCriteria(
  calibration: Written,
  anchor: AnchorSource,
  index: number,
  criteria: Criteria,
  missing: Missing,
  report: Report,
) {
  const ids = criteria.map(({ id }) => id)
  for (const field of ['levels', 'reasons'] as const) {
    const path = ['anchors', index, field]
    for (const id of Object.keys(anchor[field]))
      if (!ids.includes(id)) missing(calibration, [...path, id], 'criterion', id, ids)
    const left = ids.filter(id => !(id in anchor[field]))
    if (left.length > 0)
      report(
        calibration.file,
        calibration.lineOf(path),
        `\`${field}\` of '${anchor.id}' leaves out ${list(left)}`,
        `Write a line for each criterion of the rubric: ${list(ids)}.`,
      )
  }
  for (const { id, levels } of criteria) {
    const level = anchor.levels[id]
    const known = levels.map(one => one.id)
    if (level !== undefined && !known.includes(level))
      missing(calibration, ['anchors', index, 'levels', id], `level of '${id}'`, level, known)
  }
}
