import { content } from '../authoring/content.ts'
import { gradeAnchor, gradeAnchorInput } from '../grading/calibration/grade-anchor.ts'
import { formAction } from './form-action.ts'

export const calibration = {
  grade: formAction(gradeAnchorInput, async (tx, mentor, values) => {
    const { course, anchor, round } = values
    const finished = await gradeAnchor(tx, content(), mentor, values)
    return {
      redirect: `/desk/calibration/${course}/${anchor}?round=${round}#compare`,
      ...(finished && { flash: finished.passed ? passed : once }),
    }
  }),
}

const passed = 'That was the last one, and you grade much as the reference does. Live work is open to you.'
const once = 'That was the last one. See how you compare over all: one more round will bring you closer.'
