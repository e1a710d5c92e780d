// Placeholder: replaced by the view.
export default function View() {
  return <h1>try</h1>;
}
