// Tradewind's mark: three streams of wind.
export function Mark({ size = 22 }: { size?: number }) {
  return (
    <svg width={size} height={size} viewBox="0 0 32 32" fill="none" strokeLinecap="round" strokeWidth="3" aria-hidden>
      <rect width="32" height="32" rx="8" fill="#0f766e" />
      <path d="M6 12.5h12.5a3.75 3.75 0 1 0-3.6-4.8" stroke="#fff" />
      <path d="M6 18.5h17a3.5 3.5 0 1 1-3.4 4.4" stroke="#99f6e4" />
      <path d="M6 24.5h7" stroke="#fff" />
    </svg>
  );
}
