import type { PlanTexts } from './en';

const es: PlanTexts = {
  title: 'El plan',
};
export default es;
