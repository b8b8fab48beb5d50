import { Heading } from './Heading';
import type { Me } from '../records';
import { SignOut } from './SignOut';
import { texts } from '../texts';

/** For someone signed in who is not a physician. */
export function WrongRole({ role }: { role: Me['role'] }) {
  const { signIn } = texts.value;
  const isPatient = role === 'patient';
  return (
    <main id="content" class="page narrow">
      <Heading>{isPatient ? signIn.patientTitle : signIn.adminTitle}</Heading>
      <p>{isPatient ? signIn.patientText : signIn.adminText}</p>
      <p class="actions">
        {isPatient && <a class="button primary" href="/">{signIn.patientLink}</a>}
        <SignOut />
      </p>
    </main>
  );
}
