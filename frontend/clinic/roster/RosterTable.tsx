import { useEffect, useMemo, useRef } from 'preact/hooks';
import { formats } from '../formats';
import type { PatientRow } from '../records';
import { texts } from '../texts';
import { nextOrder, type SortKey } from './order';
import { RosterRow } from './RosterRow';
import { drawMore, drawnRows, order, shown, showsQ, sortBy } from './roster';

type Column = Exclude<SortKey, 'useful' | 'q'> | 'sparkline';

const COLUMNS: readonly Column[] = ['name', 'state', 'ratio', 'nights', 'adherence', 'last_entry', 'sparkline', 'alerts'];

/** The scan-able list. A row is built once per answer and language; sorting and filtering only move it. */
export function RosterTable({ patients }: { patients: readonly PatientRow[] }) {
  const words = texts.value;
  const written = formats.value;
  const withQ = showsQ.value;
  const rows = useMemo(
    () => new Map(patients.map((patient) => [patient.id, <RosterRow key={patient.id} patient={patient} texts={words} formats={written} showsQ={withQ} />])),
    [patients, words, written, withQ],
  );
  const drawn = shown.value.slice(0, drawnRows.value);
  return (
    <>
      <table class="roster-table" aria-rowcount={shown.value.length + 1}>
        <caption class="visually-hidden">{words.roster.caption}</caption>
        <Head />
        <tbody>{drawn.map((patient) => rows.get(patient.id))}</tbody>
      </table>
      {drawn.length < shown.value.length && <MoreRows key={drawn.length} />}
    </>
  );
}

/** Where the drawn rows end: coming near draws more of them, printing draws all. */
function MoreRows() {
  const end = useRef<HTMLDivElement>(null);
  useEffect(() => {
    const watch = new IntersectionObserver(([entry]) => entry?.isIntersecting && drawMore(), { rootMargin: '1200px' });
    const drawAll = () => drawMore(Infinity);
    watch.observe(end.current!);
    addEventListener('beforeprint', drawAll);
    return () => {
      watch.disconnect();
      removeEventListener('beforeprint', drawAll);
    };
  }, []);
  return <div ref={end} />;
}

function Head() {
  const { columns, units } = texts.value.roster;
  const unitOf: Readonly<Partial<Record<Column, string>>> = units;
  return (
    <thead>
      <tr>
        {COLUMNS.map((column) => (
          <th key={column} scope="col" class={`col-${column}`} aria-sort={sortOf(column)}>
            {column === 'sparkline' ? columns[column] : <SortButton column={column} name={columns[column]} />}
            {unitOf[column] && <small>{unitOf[column]}</small>}
          </th>
        ))}
      </tr>
    </thead>
  );
}

function SortButton({ column, name }: { column: Exclude<Column, 'sparkline'>; name: string }) {
  const sort = sortOf(column);
  const arrow = sort === 'ascending' ? '↑' : sort === 'descending' ? '↓' : '↕';
  return (
    <button type="button" class="sort-button" onClick={() => sortBy(nextOrder(order.value, column))}>
      {name} <span class="arrow" aria-hidden="true">{arrow}</span>
    </button>
  );
}

function sortOf(column: Column): 'ascending' | 'descending' | undefined {
  if (order.value.key !== column) return undefined;
  return order.value.descending ? 'descending' : 'ascending';
}

/** The table's shape while the roster is on its way. */
export function LoadingTable() {
  return (
    <>
      <div class="filters" aria-hidden="true"><span class="placeholder wide" /></div>
      <p class="count" role="status">{texts.value.app.loading}</p>
      <table class="roster-table" aria-hidden="true">
        <Head />
        <tbody>
          {Array.from({ length: 8 }, (_, row) => (
            <tr key={row}>
              {COLUMNS.map((column) => <td key={column} class={`col-${column}`}><span class="placeholder" /></td>)}
            </tr>
          ))}
        </tbody>
      </table>
    </>
  );
}
