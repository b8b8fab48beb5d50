const en = {
  title: 'The plan',
};

export type PlanTexts = typeof en;
export default en;
