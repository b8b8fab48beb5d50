import { createInterface } from 'node:readline';
import { Phone, type Command } from './simulated-phone';

// A phone without a screen: one command a line comes in as JSON, and one answer a line goes out.
const phone = new Phone();

for await (const line of createInterface({ input: process.stdin })) {
  const answer = await phone.obey(JSON.parse(line) as Command).catch((error: unknown) => ({ error: String((error as Error).stack ?? error) }));
  process.stdout.write(`${JSON.stringify(answer)}\n`);
}
