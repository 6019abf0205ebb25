import type { Translator } from '../../../lib/i18n/translator.ts';
import { askedPath, type PdfAsked, type PdfWait } from '../../_request/pdf-waiting.ts';
import { ButtonForm, ButtonLink } from '../ui/button.tsx';

/** Between two looks of a page that looks by itself; each look waits some seconds for news. */
const REFRESH_SECONDS = 2;

interface PdfWaitProps {
  readonly t: Translator;
  readonly wait: PdfWait;
  readonly asked: PdfAsked;
  /** Paths: this page's, the file's, and the letter's. */
  readonly page: string;
  readonly file: string;
  readonly back: string;
}

/** How far a PDF is that takes its time, and what can be done meanwhile. It says it anew when it is opened again. */
export function PdfWaiting({ t, wait, asked, page, file, back }: PdfWaitProps) {
  const download = askedPath(file, asked, { straight: '1' });
  const look = (how: 'once' | 'by-itself') => askedPath(page, asked, { place: asked.place, look: how });
  const again = askedPath(file, asked);
  const underWay = wait === 'queued' || typeof wait === 'object';
  const goesOn = underWay || wait === 'busy';
  return (
    <>
      {goesOn && asked.look === 'by-itself' ? <Refresh seconds={REFRESH_SECONDS} to={look('by-itself')} /> : null}
      {wait === 'finished' && asked.look !== null ? <Refresh seconds={0} to={download} /> : null}
      {/* Whoever looked again came for this sentence: it takes the focus, and so is read out. */}
      <p role="status" {...(asked.look === null ? {} : { tabIndex: -1, autoFocus: true })}>
        {sentence(t, wait)}
      </p>
      {typeof wait === 'object' ? <progress className="progress" aria-label={t('pdf.title')} value={wait.done} max={wait.total} /> : null}
      {goesOn ? (
        <div className="actions actions--after">
          <ButtonLink href={look('once')}>{t('pdf.look')}</ButtonLink>
          {underWay ? (
            <ButtonForm look="quiet" action={askedPath(`${page}/cancel`, asked)} values={{ place: asked.place }}>
              {t('pdf.cancel')}
            </ButtonForm>
          ) : null}
        </div>
      ) : null}
      {wait === 'finished' ? (
        <p>
          <ButtonLink href={download}>{t('pdf.download')}</ButtonLink>
        </p>
      ) : null}
      {wait === 'cancelled' || wait === 'failed' ? (
        <p>
          <ButtonLink href={again}>{t('pdf.again')}</ButtonLink>
        </p>
      ) : null}
      {goesOn ? (
        <>
          <p>
            {asked.look === 'by-itself' ? (
              <a href={look('once')}>{t('pdf.by-itself.stop')}</a>
            ) : (
              <a href={look('by-itself')}>{t('pdf.by-itself')}</a>
            )}
          </p>
          <p>
            <a href={download}>{t('pdf.straight')}</a>
          </p>
          <p className="quiet small">{t('pdf.leave')}</p>
        </>
      ) : null}
      <p>
        <a href={back}>{t('public.back')}</a>
      </p>
    </>
  );
}

/** Only for whoever chose it, or to where nothing more is to be read: a page that goes away by itself is gone from under its reader. */
function Refresh({ seconds, to }: { readonly seconds: number; readonly to: string }) {
  return <meta httpEquiv="refresh" content={`${seconds};url=${to}`} />;
}

function sentence(t: Translator, wait: PdfWait): string {
  if (typeof wait === 'object') return t('pdf.progress', wait);
  return wait === 'busy' ? t('refused.busy') : t(`pdf.${wait}`);
}
