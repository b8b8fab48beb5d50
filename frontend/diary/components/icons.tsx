import type { ComponentChildren } from 'preact';

function Icon({ children }: { children: ComponentChildren }) {
  return (
    <svg class="icon" viewBox="0 0 24 24" width="24" height="24" aria-hidden="true" focusable="false">
      {children}
    </svg>
  );
}

/** A crescent moon. */
export const MoonIcon = () => <Icon><path d="M20 14.2A8.2 8.2 0 0 1 9.8 4a8.2 8.2 0 1 0 10.2 10.2z" /></Icon>;
/** A calendar sheet. */
export const CalendarIcon = () => <Icon><path d="M4 6.5h16v13H4zM4 10.5h16M8.5 3.5v4M15.5 3.5v4" /></Icon>;
/** An interval with its point. */
export const IntervalIcon = () => <Icon><path d="M3.5 12h17M3.5 8v8M20.5 8v8" /><circle cx="10" cy="12" r="2.6" class="icon-solid" /></Icon>;
/** A person. */
export const PersonIcon = () => <Icon><circle cx="12" cy="8" r="3.7" /><path d="M4.5 20.5c.6-4.4 3.6-6.5 7.5-6.500s6.9 2.1 7.5 6.5" /></Icon>;
/** An exclamation mark in a ring. */
export const HelpIcon = () => <Icon><circle cx="12" cy="12" r="9" /><path d="M12 7v6M12 16.300v.4" /></Icon>;
/** A check mark. */
export const CheckIcon = () => <Icon><path d="M5 12.500l4.7 4.700L19 7.5" /></Icon>;
/** A phone. */
export const PhoneIcon = () => <Icon><path d="M7.5 3h9v18h-9zM11 18h2" /></Icon>;
/** A warning triangle. */
export const AttentionIcon = () => <Icon><path d="M12 4 2.8 20h18.400zM12 10v4.500M12 17v.3" /></Icon>;
/** To the left. */
export const PreviousIcon = () => <Icon><path d="M14.5 5.5 8 12l6.5 6.5" /></Icon>;
/** To the right. */
export const NextIcon = () => <Icon><path d="M9.5 5.5 16 12l-6.5 6.5" /></Icon>;
/** One less. */
export const MinusIcon = () => <Icon><path d="M5 12h14" /></Icon>;
/** One more. */
export const PlusIcon = () => <Icon><path d="M5 12h14M12 5v14" /></Icon>;
