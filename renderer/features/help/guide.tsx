import guide from 'virtual:user-guide';
import { Table as NhsTable } from 'nhsuk-react-components';
import type { ReactNode } from 'react';
import type { GuideBlock, GuideText } from '../../../shared/guide.ts';
import { Modal } from '../../components/modal.tsx';
import { PanelActions } from './panel-actions.tsx';

interface Props {
  readonly onBack: () => void;
  readonly onClose: () => void;
}

/** The user guide, from docs/user-guide.md. */
export function Guide({ onBack, onClose }: Props): ReactNode {
  // The dialogue has the title already; what the guide then says of itself is about the page with the pictures.
  const [, , ...blocks] = guide;
  return (
    <Modal heading="User guide" onDismiss={onClose}>
      <div className="guide">
        <Blocks blocks={blocks} />
      </div>
      <PanelActions onBack={onBack} onClose={onClose} />
    </Modal>
  );
}

/** The guide never changes while it is shown: the place of a part names it. */
const numbered = <Part,>(parts: readonly Part[]) => parts.map((part, place) => ({ part, key: `${place}` }));

function Blocks({ blocks }: { readonly blocks: readonly GuideBlock[] }): ReactNode {
  return numbered(blocks).map(({ part, key }) => <Block key={key} block={part} />);
}

function Block({ block }: { readonly block: GuideBlock }): ReactNode {
  switch (block.kind) {
    case 'heading':
      return block.level === 2 ? (
        <h3>
          <Text parts={block.text} />
        </h3>
      ) : (
        <h4>
          <Text parts={block.text} />
        </h4>
      );
    case 'paragraph':
      return (
        <p>
          <Text parts={block.text} />
        </p>
      );
    case 'list': {
      const items = numbered(block.items).map(({ part, key }) => (
        <li key={key}>
          <Blocks blocks={part} />
        </li>
      ));
      return block.isNumbered ? (
        <ol className="nhsuk-list nhsuk-list--number">{items}</ol>
      ) : (
        <ul className="nhsuk-list nhsuk-list--bullet">{items}</ul>
      );
    }
    case 'table':
      return <Table table={block} />;
  }
}

function Table({ table }: { readonly table: Extract<GuideBlock, { kind: 'table' }> }): ReactNode {
  return (
    <NhsTable className="table">
      <NhsTable.Head>
        <NhsTable.Row>
          {numbered(table.header).map(({ part, key }) =>
            part.length === 0 ? (
              <td key={key} />
            ) : (
              <NhsTable.Cell key={key}>
                <Text parts={part} />
              </NhsTable.Cell>
            ),
          )}
        </NhsTable.Row>
      </NhsTable.Head>
      <NhsTable.Body>
        {numbered(table.rows).map(({ part: row, key }) => (
          <NhsTable.Row key={key}>
            {numbered(row).map(({ part, key: place }) => (
              <NhsTable.Cell key={place}>
                <Text parts={part} />
              </NhsTable.Cell>
            ))}
          </NhsTable.Row>
        ))}
      </NhsTable.Body>
    </NhsTable>
  );
}

function Text({ parts }: { readonly parts: readonly GuideText[] }): ReactNode {
  return numbered(parts).map(({ part, key }) => <Part key={key} part={part} />);
}

function Part({ part: { style, text } }: { readonly part: GuideText }): ReactNode {
  switch (style) {
    case 'plain':
      return text;
    case 'strong':
      return <strong>{text}</strong>;
    case 'emphasis':
      return <em>{text}</em>;
  }
}
