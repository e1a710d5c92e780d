// The places of the UI, as links.
import { Link } from "@tanstack/react-router";
import { useOverview } from "~/api/home";
import { mayRead, useMe } from "~/api/me";
import { Mark } from "./Mark";
import { ADMIN_PLACES, ML_PLACES, PLACES, type Place } from "./navigation";
import css from "./shell.module.css";

export function Sidebar({ onLeave }: { onLeave?: () => void }) {
  const waiting = useOverview().data?.waiting ?? 0;
  const me = useMe();
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: closes the drawer after a link was followed, by key too
    <nav className={css.side} aria-label="Main" onClick={onLeave}>
      <Link to="/" className={css.brand}>
        <Mark /> Tradewind
      </Link>
      {PLACES.map((place) => (
        <Item key={place.to} place={place} count={place.to === "/waiting" ? waiting : 0} />
      ))}
      <div className={css.heading}>Machine learning</div>
      {ML_PLACES.filter((place) => mayRead(me, place.needs)).map((place) => (
        <Item key={place.to} place={place} />
      ))}
      <div className={css.heading}>Administration</div>
      {ADMIN_PLACES.filter((place) => mayRead(me, place.needs)).map((place) => (
        <Item key={place.to} place={place} />
      ))}
    </nav>
  );
}

function Item({ place, count = 0 }: { place: Place; count?: number }) {
  return (
    <Link to={place.to} className={css.item} activeOptions={{ exact: place.exact ?? false }}>
      <place.icon size={16} stroke={1.7} aria-hidden />
      <span className="clip">{place.label}</span>
      {count > 0 && <span className={css.count}>{count}</span>}
    </Link>
  );
}
