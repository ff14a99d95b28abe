export const STEPS = ["going", "place", "genres", "listen"] as const;
export type Step = (typeof STEPS)[number];

export const stepOf = (value: unknown): Step | undefined => STEPS.find((step) => step === value);
export const after = (step: Step): Step | undefined => STEPS[STEPS.indexOf(step) + 1];
export const before = (step: Step): Step | undefined => STEPS[STEPS.indexOf(step) - 1];
