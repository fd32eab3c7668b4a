import { envelope } from "./envelope.ts";
import { list, nullable, record, type Shaped, text, yesNo } from "./shape.ts";

const FINDING = record({
  what: text(),
  healthy: yesNo(),
  detail: text("for a person"),
  remedy: nullable(text("what mends it; null: healthy, or not known")),
});

export const DOCTOR_ANSWER = record({ ...envelope("kfix.doctor/1"), findings: list(FINDING) });

export type FindingJson = Shaped<typeof FINDING>;
export type DoctorAnswerJson = Shaped<typeof DOCTOR_ANSWER>;
