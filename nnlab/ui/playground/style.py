"""How the picture of the Playground looks; colours and type are the page's own."""

STYLE = """
.board {container-type: inline-size; color: var(--st-text-color); font-family: var(--st-font);
  font-size: 0.8125rem; line-height: 1.35;
  --faint: color-mix(in srgb, var(--st-text-color) 62%, transparent);
  --wash: color-mix(in srgb, var(--st-text-color) 7%, transparent);}
.figures {display: flex; flex-wrap: wrap; gap: 0.1rem 0.6rem; align-items: baseline;
  min-height: 1.7rem; font-variant-numeric: tabular-nums; padding: 0 0 0.35rem;}
.figures div {white-space: nowrap;}
.figures span {color: var(--faint); margin-right: 0.35rem;}
.figures b {display: inline-block; min-width: 3.4rem; font-size: 0.95rem; font-weight: 650;}
.pace {margin-left: auto; color: var(--faint); white-space: nowrap;}
.main {display: grid; grid-template-columns: minmax(0, 1fr) minmax(250px, 350px); gap: 1rem;}
.net {min-width: 0;}
.bar {display: flex; gap: 0.5rem; align-items: center; min-height: 1.75rem;}
.bar b {font-weight: 650;}
.scroll {overflow-x: auto; overflow-y: hidden;}
.wires {position: relative;}
.wires > canvas {position: absolute; inset: 0;}
.column {position: absolute; top: 0; text-align: center; white-space: nowrap;
  transform: translateX(-50%);}
.column small, .more {color: var(--faint); font-size: 0.75rem; display: block;}
.more {position: absolute; transform: translateX(-50%); white-space: nowrap; text-align: center;}
button {font: inherit; color: inherit; cursor: pointer;}
.small {background: transparent; border: 1px solid var(--st-border-color); border-radius: 0.35rem;
  width: 1.5rem; height: 1.5rem; padding: 0; line-height: 1;}
.small:hover:enabled {border-color: var(--st-primary-color); color: var(--st-primary-color);}
button:disabled {opacity: 0.4; cursor: default;}
.unit {position: absolute; padding: 0; border: 2px solid var(--st-border-color);
  border-radius: 0.3rem; background: var(--wash); overflow: hidden;}
.unit canvas {display: block; width: 100%; height: 100%;}
.unit.off canvas {opacity: 0.28;}
.unit.off {border-style: dashed;}
.unit:hover, .unit.pinned {border-color: var(--st-text-color);}
:focus-visible {outline: 2px solid var(--st-primary-color); outline-offset: 2px;}
.label {position: absolute; transform: translate(-100%, -50%); color: var(--st-text-color);
  white-space: nowrap; pointer-events: none;}
.label.off {color: var(--faint);}
.label.after {transform: translate(0, -50%);}
.inspector {height: 8.6rem; overflow: auto; border-top: 1px solid var(--st-border-color);
  margin-top: 0.35rem; padding-top: 0.4rem; font-variant-numeric: tabular-nums;}
.inspector p {margin: 0 0 0.3rem; color: var(--faint);}
.inspector .head {color: inherit; font-weight: 650;}
.chips {display: flex; flex-wrap: wrap; gap: 0.25rem;}
.chips button {background: var(--wash); border: 1px solid transparent; border-radius: 0.35rem;
  padding: 0.05rem 0.4rem; text-align: left;}
.chips button[aria-pressed="true"] {border-color: var(--st-primary-color);}
.chips i {font-style: normal; color: var(--faint); margin-right: 0.3rem;}
.edit {display: flex; gap: 0.6rem; align-items: center; margin: 0 0 0.4rem;}
.edit input[type=range] {flex: 1; min-width: 5rem; accent-color: var(--st-primary-color);}
.edit input[type=number] {width: 6.2rem; font: inherit; color: inherit; padding: 0.15rem 0.3rem;
  background: var(--st-background-color); border: 1px solid var(--st-border-color);
  border-radius: 0.35rem;}
.plane {min-width: 0;}
.plane h3 {font-size: 0.8125rem; font-weight: 650; margin: 0; white-space: nowrap;
  overflow: hidden; text-overflow: ellipsis;}
.plane > canvas {display: block; width: 100%; aspect-ratio: 1;}
.legend {display: flex; flex-wrap: wrap; gap: 0.1rem 0.9rem; min-height: 1.3rem;
  margin: 0.3rem 0;}
.legend span {white-space: nowrap;}
.legend .scale {display: inline-block; width: 4.5rem; height: 0.7rem; vertical-align: -0.08rem;
  border: 1px solid var(--faint);}
.legend svg {width: 0.8rem; height: 0.8rem; vertical-align: -0.1rem; margin-right: 0.25rem;}
.toggles {display: flex; flex-wrap: wrap; gap: 0.15rem 1rem;}
.toggles label {cursor: pointer; white-space: nowrap;}
.toggles input {accent-color: var(--st-primary-color); margin: 0 0.3rem 0 0;
  vertical-align: -0.1rem;}
.note {color: var(--faint); min-height: 1.2rem; margin: 0.2rem 0 0;}
.signs i {display: inline-block; width: 1.4rem; height: 3px; margin: 0 0.3rem 0.2rem 0.7rem;}
@container (max-width: 640px) {
  .main {grid-template-columns: minmax(0, 1fr);}
  .plane {order: -1; max-width: 30rem;}
}
"""
