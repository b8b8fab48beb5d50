import { PreviousIcon } from '../components/icons';
import { meTexts } from '../texts';

/** The way back from a page of Me to its list. */
export function BackToMe() {
  return <a class="back" href="/me"><PreviousIcon />{meTexts.value.me.title}</a>;
}
