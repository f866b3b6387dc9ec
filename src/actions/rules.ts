import { putInForce, putInForceInput } from '../badges/rules/put-in-force.ts'
import { formAction } from './form-action.ts'

/** What badges are judged by. */
export const rules = {
  putInForce: formAction(putInForceInput, async (tx, admin, values) => {
    await putInForce(tx, admin, values)
    return {
      redirect: `/admin/rules/${values.badge}`,
      flash: 'In force from this moment. Everybody is being judged by it.',
    }
  }),
}
