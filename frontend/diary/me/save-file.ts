/** Saves a file as the device does it: among the downloads, or where the person says. */
export async function saveFile(content: Blob, name: string): Promise<void> {
  if (await shared(new File([content], name, { type: content.type }))) return;
  const link = document.createElement('a');
  link.href = URL.createObjectURL(content);
  link.download = name;
  link.click();
  // A browser that asks where to save reads the file only after the answer.
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
}

// An iPhone's app on the home screen has no downloads: it hands files to others, which can save them.
async function shared(file: File): Promise<boolean> {
  const onHomeScreen = (navigator as Navigator & { standalone?: boolean }).standalone === true;
  if (!onHomeScreen || !navigator.canShare?.({ files: [file] })) return false;
  try {
    await navigator.share({ files: [file] });
    return true;
  } catch (error) {
    // The person closed the sheet; any other failure leaves the ordinary way.
    return error instanceof DOMException && error.name === 'AbortError';
  }
}
