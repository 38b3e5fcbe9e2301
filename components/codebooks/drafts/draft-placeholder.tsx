/** Stands where the editor will, while its script loads. */
export function DraftPlaceholder() {
  return (
    <p role="status" className="py-10 text-center text-sm text-ink-soft">
      Opening the editor…
    </p>
  );
}
