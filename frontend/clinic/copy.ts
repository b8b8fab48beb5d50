/** Copies a text; where the browser forbids it, selects the element that shows it. Tells whether it was copied. */
export async function copy(text: string, shownIn: HTMLElement | null): Promise<boolean> {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    if (shownIn) getSelection()?.selectAllChildren(shownIn);
    return false;
  }
}
