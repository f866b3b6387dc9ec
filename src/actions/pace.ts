import { z } from 'zod'
import { comeBack, paceInput, setPace } from '../grading/pace/set-pace.ts'
import { formAction } from './form-action.ts'

export const pace = {
  set: formAction(paceInput, async (tx, mentor, values) => {
    await setPace(tx, mentor, values)
    return { redirect: '/desk/pace', flash: 'Kept. Work is handed out to you by it from now on.' }
  }),

  comeBack: formAction(z.object({}), async (tx, mentor) => {
    await comeBack(tx, mentor)
    return { flash: 'Welcome back. Work is handed out to you again.' }
  }),
}
