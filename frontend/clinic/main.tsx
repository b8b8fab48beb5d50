import '../shared/tokens.css';
import '../shared/base.css';
import './styles/shell.css';
import './styles/roster.css';
import './styles/charts.css';
import './styles/print.css';
import { render } from 'preact';
import { findZone } from '../shared/device';
import { App } from './App';
import { startRouting } from './router';
import { loadTexts } from './texts';

await Promise.all([loadTexts(), findZone()]);
startRouting();
render(<App />, document.getElementById('app')!);
