import '../shared/tokens.css';
import '../shared/base.css';
import { render } from 'preact';
import { loadTexts, texts } from './texts';

await loadTexts();
render(<h1>{texts.value.name}</h1>, document.getElementById('app')!);
